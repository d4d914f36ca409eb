/** Finds the moment at which an instance is ready, by asking it for content on its own address. */
@NullMarked
package dev.bench.probe;

import org.jspecify.annotations.NullMarked;
