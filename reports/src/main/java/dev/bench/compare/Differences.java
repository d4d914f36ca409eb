package dev.bench.compare;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds what is not the same in two sides beside what was measured. */
final class Differences {
    private static final String MISSING = "–";

    private Differences() {}

    /** Finds a fact on both sides. */
    private record Key(Scope scope, String name) {}

    /** Holds a fact of both sides, null where a side does not state it. */
    private record Both(@Nullable Fact base, @Nullable Fact head) {
        boolean isSame() {
            return value(base).equals(value(head));
        }

        Difference difference(Key key) {
            return new Difference(
                    key.scope(),
                    key.name(),
                    value(base),
                    value(head),
                    !decides(base).equals(decides(head)));
        }

        private static String value(@Nullable Fact fact) {
            return fact == null ? MISSING : fact.value();
        }

        private static String decides(@Nullable Fact fact) {
            return fact == null ? "" : fact.decides();
        }
    }

    /** Returns the differences in display order; of targets only those that are compared count. */
    static List<Difference> of(Side base, Side head, List<Candidate.Target> targets) {
        Map<Key, Both> facts = new LinkedHashMap<>();
        for (Fact fact : base.facts()) {
            key(fact, targets, true).ifPresent(key -> facts.put(key, new Both(fact, null)));
        }
        for (Fact fact : head.facts()) {
            key(fact, targets, false)
                    .ifPresent(key -> facts.merge(
                            key, new Both(null, fact), (before, after) -> new Both(before.base(), after.head())));
        }
        List<Difference> differences = new ArrayList<>();
        facts.forEach((key, both) -> {
            if (!both.isSame()) {
                differences.add(both.difference(key));
            }
        });
        return differences;
    }

    /** Returns where a fact stands, a target under the name it is compared by; empty for a target that is not compared. */
    private static Optional<Key> key(Fact fact, List<Candidate.Target> targets, boolean ofBase) {
        String name = fact.scope().target();
        if (name == null) {
            return Optional.of(new Key(fact.scope(), fact.name()));
        }
        return targets.stream()
                .filter(target -> name.equals(ofBase ? target.base() : target.head()))
                .findFirst()
                .map(target -> new Key(Scope.ofTarget(target.label()), fact.name()));
    }
}
