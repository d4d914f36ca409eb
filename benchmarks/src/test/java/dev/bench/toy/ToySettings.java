package dev.bench.toy;

import dev.bench.plan.MeasureSettings;

/**
 * Asks for launches in a row.
 *
 * @param turns how many, at least 1
 */
public record ToySettings(int turns) implements MeasureSettings {}
