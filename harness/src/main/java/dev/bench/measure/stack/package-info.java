/** How long an application of several services takes to come up, to answer and to go down, by one Compose file. */
@NullMarked
package dev.bench.measure.stack;

import org.jspecify.annotations.NullMarked;
