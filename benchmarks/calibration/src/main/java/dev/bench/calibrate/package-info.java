/** The tool measured against the barest thing that does the same, side by side in one run. */
@NullMarked
package dev.bench.calibrate;

import org.jspecify.annotations.NullMarked;
