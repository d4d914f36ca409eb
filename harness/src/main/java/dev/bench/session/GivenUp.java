package dev.bench.session;

import dev.bench.result.Failure;
import dev.bench.result.Launch;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Remembers which labels of a session are launched no more, and why.
 *
 * <p>A label that never got ready in the discarded blocks is left out of the measured ones: waiting for its deadline in
 * every block would cost hours and say no more than the first log does. It has all discarded blocks to get ready in. One
 * whose engine left an instance running is left out at once: what runs on would be measured with everything after it.
 */
final class GivenUp {
    private enum When {
        FROM_MEASURED_BLOCKS,
        AT_ONCE
    }

    private final Map<String, Failure> failures = new LinkedHashMap<>();
    private final Map<String, When> since = new HashMap<>();
    private final Set<String> measured = new HashSet<>();
    private final Map<String, Failure> unmeasured = new LinkedHashMap<>();

    /** Hears of a launch in a discarded block. */
    void discarded(Launch launch) {
        Failure failure = launch.failure();
        String label = launch.target();
        if (since.get(label) == When.AT_ONCE) {
            return;
        }
        if (failure == null) {
            failures.remove(label);
            since.remove(label);
        } else if (launch.block() == 0 || failures.containsKey(label)) {
            failures.put(label, failure);
            since.put(label, When.FROM_MEASURED_BLOCKS);
        }
    }

    /** Hears of a launch in a measured block. */
    void measured(Launch launch) {
        Failure failure = launch.failure();
        String label = launch.target();
        if (failure == null) {
            measured.add(label);
            unmeasured.remove(label);
        } else if (!measured.contains(label)) {
            unmeasured.put(label, failure);
        }
    }

    /** Gives labels up from now on. */
    void atOnce(Collection<String> labels, Failure failure) {
        for (String label : labels) {
            failures.put(label, failure);
            since.put(label, When.AT_ONCE);
        }
    }

    /** Returns whether a label is launched in a block that is discarded or measured. */
    boolean launches(String label, boolean discarded) {
        When when = since.get(label);
        return when == null || (when == When.FROM_MEASURED_BLOCKS && discarded);
    }

    /** Returns those of the labels that are launched, in their order. */
    List<String> launched(List<String> labels, boolean discarded) {
        return labels.stream().filter(label -> launches(label, discarded)).toList();
    }

    /** Returns what there is no figure of so far, given up or failed in every measured block, with its failure. */
    Map<String, Failure> withoutFigure() {
        Map<String, Failure> all = new LinkedHashMap<>(unmeasured);
        all.putAll(failures);
        return all;
    }

    /** Returns what is given up so far, with its failure. */
    Map<String, Failure> failures() {
        return failures;
    }
}
