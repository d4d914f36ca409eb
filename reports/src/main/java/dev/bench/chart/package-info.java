/** Plots as inline SVG; the only package that knows JFreeChart and Batik. */
@NullMarked
package dev.bench.chart;

import org.jspecify.annotations.NullMarked;
