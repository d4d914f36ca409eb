/** The heart of a run: sessions of randomised blocks, one launch at a time, each on disk as it ends. */
@NullMarked
package dev.bench.session;

import org.jspecify.annotations.NullMarked;
