/** The hermetic lab: a network namespace, a bridge, engines of its own, and the removal of what dead runs left. */
@NullMarked
package dev.bench.lab;

import org.jspecify.annotations.NullMarked;
