package dev.bench.compare;

/**
 * Names what is not the same in two results beside what was measured.
 *
 * @param scope what it is about
 * @param name name of the fact
 * @param base its value in BASE
 * @param head its value in HEAD
 * @param decisive whether the difference makes the comparisons it touches inconclusive
 */
public record Difference(Scope scope, String name, String base, String head, boolean decisive) {}
