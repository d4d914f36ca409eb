/** One launch after another, from the request to readiness. */
@NullMarked
package dev.bench.measure.startup;

import org.jspecify.annotations.NullMarked;
