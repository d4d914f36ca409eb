/** Containers of a Docker-compatible engine, through docker-java; the only package that knows it. */
@NullMarked
package dev.bench.docker;

import org.jspecify.annotations.NullMarked;
