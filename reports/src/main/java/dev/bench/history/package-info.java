/** Stored results over time: which there are, which belong together, where they change, and which may go. */
@NullMarked
package dev.bench.history;

import org.jspecify.annotations.NullMarked;
