/** Sees a workload's arguments, environment, user, directory and machine from inside, the same way on every target. */
@NullMarked
package dev.bench.observe;

import org.jspecify.annotations.NullMarked;
