/** Builds of an image: cold, unchanged and after named changes, and what has to be waited for until an instance of it is ready. */
@NullMarked
package dev.bench.measure.build;

import org.jspecify.annotations.NullMarked;
