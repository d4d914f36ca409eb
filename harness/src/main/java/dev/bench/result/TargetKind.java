package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Names the substrate a workload runs on. Two of one label are equal; any label of lower-case letters, digits and
 * hyphens is a kind, so that a stored result can be read by a build that has no such targets.
 */
public final class TargetKind {
    private static final Pattern LABEL = Pattern.compile("[a-z][a-z0-9-]{0,39}");

    /** The bare tree under chroot with the same limits: the floor. */
    public static final TargetKind PROCESS = new TargetKind("process", false);

    /** A container of an OCI engine. */
    public static final TargetKind CONTAINER = new TargetKind("container", false);

    /** A virtual machine. */
    public static final TargetKind VM = new TargetKind("vm", true);

    /** The kinds that every build knows, from the least isolation to the most; others are shown after them. */
    public static final List<TargetKind> KNOWN = List.of(PROCESS, CONTAINER, VM);

    private final String label;
    private final boolean ownKernel;

    private TargetKind(String label, boolean ownKernel) {
        if (!LABEL.matcher(label).matches()) {
            throw new IllegalArgumentException(
                    "no kind of target: lower-case letters, digits and hyphens make one, 40 at most");
        }
        this.label = label;
        this.ownKernel = ownKernel;
    }

    /**
     * Returns the kind of a label; one that is not known runs on the host's kernel, as far as is known of it.
     *
     * @throws IllegalArgumentException where the label is none
     */
    @JsonCreator
    public static TargetKind of(String label) {
        return KNOWN.stream()
                .filter(kind -> kind.label.equals(label))
                .findFirst()
                .orElseGet(() -> new TargetKind(label, false));
    }

    /** Returns a kind whose instances run on a kernel of their own. */
    public static TargetKind withOwnKernel(String label) {
        return new TargetKind(label, true);
    }

    /** Returns whether instances run on a kernel of their own, beside the host's; stored results do not tell. */
    public boolean hasOwnKernel() {
        return ownKernel;
    }

    /** Returns the name used in scenarios and stored results, such as {@code container}. */
    @JsonValue
    public String label() {
        return label;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TargetKind kind && label.equals(kind.label);
    }

    @Override
    public int hashCode() {
        return label.hashCode();
    }

    @Override
    public String toString() {
        return label;
    }
}
