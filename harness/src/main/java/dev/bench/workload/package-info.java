/** What is launched: an image, its configuration, its limits and what counts as ready. Values only. */
@NullMarked
package dev.bench.workload;

import org.jspecify.annotations.NullMarked;
