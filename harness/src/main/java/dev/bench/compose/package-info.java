/** Compose files: reading them as they are into an application's services, with every fault at its place. */
@NullMarked
package dev.bench.compose;

import org.jspecify.annotations.NullMarked;
