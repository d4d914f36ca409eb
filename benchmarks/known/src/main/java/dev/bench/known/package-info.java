/** Workloads and results whose truth is known beforehand, to hold what is measured against. */
@NullMarked
package dev.bench.known;

import org.jspecify.annotations.NullMarked;
