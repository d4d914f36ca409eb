/** What instances cost the host in memory and on disk, read step by step while more and more of them run. */
@NullMarked
package dev.bench.measure.memory;

import org.jspecify.annotations.NullMarked;
