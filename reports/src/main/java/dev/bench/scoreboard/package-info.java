/** Several results under one summary: a question a row, a substrate a column, and every report below it in one file. */
@NullMarked
package dev.bench.scoreboard;

import org.jspecify.annotations.NullMarked;
