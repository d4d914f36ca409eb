/** Reports: one HTML file, Markdown for a pull request, and a few lines for a terminal. */
@NullMarked
package dev.bench.report;

import org.jspecify.annotations.NullMarked;
