package dev.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * States one thing that may explain a difference between two results.
 *
 * @param scope what it is about, in a word: {@code host}, {@code workload}, {@code target}
 * @param target the target it is about, or null where it is about all of them
 * @param name its name
 * @param value its value, for people
 * @param decides a value that must be the same on both sides for their figures to be held against each other; empty
 *     where the fact may differ
 */
public record Fact(String scope, @Nullable String target, String name, String value, String decides) {
    /** Returns a fact that may differ. */
    static Fact of(String scope, String name, String value) {
        return new Fact(scope, null, name, value, "");
    }
}
