/** The run engine: sessions of randomised blocks, one launch at a time, each on disk as it ends. */
@NullMarked
package dev.bench.engine;

import org.jspecify.annotations.NullMarked;
