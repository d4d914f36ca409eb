package dev.bench.compare;

/**
 * States one thing that may explain a difference between two results.
 *
 * @param scope what it is about
 * @param name its name
 * @param value its value, for people
 * @param decides a value that must be the same on both sides for their figures to be held against each other; empty
 *     where the fact may differ
 */
public record Fact(Scope scope, String name, String value, String decides) {
    /** Returns a fact that may differ. */
    static Fact of(Scope scope, String name, String value) {
        return new Fact(scope, name, value, "");
    }
}
