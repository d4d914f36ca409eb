package dev.bench.host;

import com.fasterxml.jackson.annotation.JsonIgnore;
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
 * @param neededBy what cannot be measured without it: keys of targets' drivers, or the name of another need; empty where
 *     every measurement remains possible
 * @param needsRoot whether another user than root is refused it, whether the host has it or not
 */
public record Capability(
        String name,
        State state,
        String finding,
        String consequence,
        String remedy,
        List<String> packages,
        Set<String> neededBy,
        @JsonIgnore boolean needsRoot) {
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

    /** States what is there. */
    public static Capability ok(String name, String finding) {
        return new Capability(name, State.OK, finding, "", "", List.of(), Set.of(), false);
    }

    /** States what is there, but worse than it could be. */
    public static Capability degraded(String name, String finding, String consequence, String remedy) {
        return new Capability(name, State.DEGRADED, finding, consequence, remedy, List.of(), Set.of(), false);
    }

    /** States what is not there. */
    public static Capability missing(String name, String finding, String consequence, String remedy) {
        return new Capability(name, State.MISSING, finding, consequence, remedy, List.of(), Set.of(), false);
    }

    /** Returns it with another remedy. */
    public Capability remedy(String other) {
        return new Capability(name, state, finding, consequence, other, packages, neededBy, needsRoot);
    }

    /** Returns it with what cannot be measured without it. */
    public Capability neededBy(Set<String> needs) {
        return new Capability(name, state, finding, consequence, remedy, packages, needs, needsRoot);
    }

    /** Returns it with the packages that mend it. */
    public Capability mendedBy(List<String> names) {
        return new Capability(name, state, finding, consequence, remedy, names, neededBy, needsRoot);
    }

    /** Returns it as one that another user than root is refused. */
    public Capability asRootOnly() {
        return new Capability(name, state, finding, consequence, remedy, packages, neededBy, true);
    }
}
