/** Verdicts between two results, and the rule of the gate: pure computation, no output. */
@NullMarked
package dev.bench.compare;

import org.jspecify.annotations.NullMarked;
