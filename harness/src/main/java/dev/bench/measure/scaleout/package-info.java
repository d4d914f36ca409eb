/** Many instances at once: simultaneous starts, loads on growing numbers of instances, and how many a bound allows. */
@NullMarked
package dev.bench.measure.scaleout;

import org.jspecify.annotations.NullMarked;
