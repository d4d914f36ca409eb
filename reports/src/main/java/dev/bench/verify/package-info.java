/** Holds the figures of a report against its raw launches, by arithmetic that shares nothing with the analysis. */
@NullMarked
package dev.bench.verify;

import org.jspecify.annotations.NullMarked;
