package dev.bench.measure;

/**
 * Holds one line of a plan.
 *
 * @param name one word
 * @param text what it stands for
 */
public record PlanLine(String name, String text) {}
