/** Finds out what the host can measure, why not, and what mends it. */
@NullMarked
package dev.bench.doctor;

import org.jspecify.annotations.NullMarked;
