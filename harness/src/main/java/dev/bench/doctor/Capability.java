package dev.bench.doctor;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;

/**
 * States one thing the host can or cannot do for a measurement.
 *
 * @param name what it is, for people; stable
 * @param state whether it is there
 * @param finding what was seen, one sentence or less
 * @param consequence what follows for measurements; empty where the state is {@link State#OK}
 * @param remedy what to do about it; empty where there is nothing to do
 * @param packages the distribution's packages that mend it; may be empty
 * @param neededBy what cannot be measured without it: keys of engines, {@link Needs#DEBIAN_IMAGE}; empty where every
 *     measurement remains possible
 */
public record Capability(
        String name,
        State state,
        String finding,
        String consequence,
        String remedy,
        List<String> packages,
        Set<String> neededBy) {
    public Capability {
        packages = List.copyOf(packages);
        // Sorted, so that two outputs of one host are equal.
        neededBy = Collections.unmodifiableSet(new TreeSet<>(neededBy));
    }

    /** Says whether a capability is there. */
    public enum State {
        /** It is there and was seen to work. */
        OK,
        /** It is there, but figures will be worse or less for it. */
        DEGRADED,
        /** It is not there. */
        MISSING;

        /** Returns the word used in output. */
        @JsonValue
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Capability ok(String name, String finding) {
        return new Capability(name, State.OK, finding, "", "", List.of(), Set.of());
    }

    static Capability degraded(String name, String finding, String consequence, String remedy) {
        return new Capability(name, State.DEGRADED, finding, consequence, remedy, List.of(), Set.of());
    }

    static Capability missing(String name, String finding, String consequence, String remedy) {
        return new Capability(name, State.MISSING, finding, consequence, remedy, List.of(), Set.of());
    }

    Capability remedy(String other) {
        return new Capability(name, state, finding, consequence, other, packages, neededBy);
    }

    Capability neededBy(Set<String> needs) {
        return new Capability(name, state, finding, consequence, remedy, packages, needs);
    }

    Capability mendedBy(List<String> names) {
        return new Capability(name, state, finding, consequence, remedy, names, neededBy);
    }
}
