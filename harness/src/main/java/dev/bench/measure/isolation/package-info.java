/**
 * What an instance reaches of the host's kernel, counted from outside, and what it is allowed, seen from inside; nothing is
 * attacked, and no time is measured.
 */
@NullMarked
package dev.bench.measure.isolation;

import org.jspecify.annotations.NullMarked;
