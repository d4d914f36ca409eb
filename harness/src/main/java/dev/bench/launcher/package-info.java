/** What every launcher without a container engine does to start a workload as an engine would. */
@NullMarked
package dev.bench.launcher;

import org.jspecify.annotations.NullMarked;
