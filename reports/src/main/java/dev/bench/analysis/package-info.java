/** Statistics over stored launches: what a figure is, how sure it is, and what may be said of two of them. */
@NullMarked
package dev.bench.analysis;

import org.jspecify.annotations.NullMarked;
