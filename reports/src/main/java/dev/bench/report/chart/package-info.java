/** Plots as inline SVG; the only package that knows JFreeChart and Batik. */
@NullMarked
package dev.bench.report.chart;

import org.jspecify.annotations.NullMarked;
