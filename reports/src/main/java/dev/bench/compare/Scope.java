package dev.bench.compare;

import org.jspecify.annotations.Nullable;

/**
 * Says what a fact is about.
 *
 * @param kind what it is about, in a word
 * @param target the target it is about, or null where it is about all of them
 */
public record Scope(String kind, @Nullable String target) {
    /** What touches every comparison. */
    static final Scope HOST = new Scope("host", null);

    static final Scope WORKLOAD = new Scope("workload", null);
    static final Scope PLAN = new Scope("plan", null);

    /** Returns the scope of one target. */
    static Scope ofTarget(String name) {
        return new Scope("target", name);
    }

    /** Returns whether what is about this is about a comparison of a target. */
    boolean touches(String name) {
        return equals(HOST) || name.equals(target);
    }

    /** Returns the scope for people. */
    public String words() {
        return target == null ? kind : kind + " " + target;
    }
}
