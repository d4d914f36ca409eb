/** What the host offers: commands, control groups, processes, facts. */
@NullMarked
package dev.bench.host;

import org.jspecify.annotations.NullMarked;
