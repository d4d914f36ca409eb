/** What storage costs, place by place, and what is kept. */
@NullMarked
package dev.bench.view.storage;

import org.jspecify.annotations.NullMarked;
