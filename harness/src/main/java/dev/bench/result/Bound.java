package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import org.jspecify.annotations.Nullable;

/**
 * Limits the median of a metric, in its unit.
 *
 * @param min the least accepted, or null
 * @param max the most accepted, or null
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record Bound(@Nullable Double min, @Nullable Double max) {}
