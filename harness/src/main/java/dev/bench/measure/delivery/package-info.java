/** Deliveries of an image: push, pull, what is moved, and how long until an instance of what was pulled is ready. */
@NullMarked
package dev.bench.measure.delivery;

import org.jspecify.annotations.NullMarked;
