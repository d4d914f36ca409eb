/** The stored result: what a run writes and every report reads. Depends on nothing else of ours. */
@NullMarked
package dev.bench.result;

import org.jspecify.annotations.NullMarked;
