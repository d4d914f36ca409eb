package dev.bench.compare;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * Holds everything that is said of two results; every output is made from it alone.
 *
 * @param base the result held against
 * @param head the result judged
 * @param paired whether both were measured in the same blocks
 * @param rows every measure of every target, in display order
 * @param failures failed launches by target, of the targets with a failure
 * @param differences what else is not the same
 * @param notes what a reader must know
 */
public record ComparisonReport(
        Side base,
        Side head,
        boolean paired,
        List<Compared> rows,
        List<FailureChange> failures,
        List<Difference> differences,
        List<String> notes) {
    public ComparisonReport {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** Returns the verdict of the whole: the worst of its parts. Failures that do not decide do not count. */
    public Outcome outcome() {
        return Stream.concat(
                        rows.stream().map(Compared::outcome),
                        failures.stream().map(FailureChange::outcome).filter(outcome -> outcome == Outcome.REGRESSED))
                .min(Comparator.naturalOrder())
                .orElse(Outcome.INCONCLUSIVE);
    }

    /** Returns how many comparisons of times and sizes came out so. */
    public long count(Outcome outcome) {
        return rows.stream().filter(row -> row.outcome() == outcome).count();
    }

    /** Returns what was measured, in display order. */
    public List<Measurand> measurands() {
        return rows.stream().map(Compared::measurand).distinct().toList();
    }

    /** Returns the outcome in one sentence. */
    public String sentence() {
        List<String> counts = new ArrayList<>();
        for (Outcome outcome : Outcome.values()) {
            if (count(outcome) > 0) {
                counts.add(count(outcome) + " " + outcome.label());
            }
        }
        long failing = failures.stream()
                .filter(change -> change.outcome() == Outcome.REGRESSED)
                .count();
        if (failing > 0) {
            counts.add("more launches fail on " + failing + (failing == 1 ? " target" : " targets"));
        }
        return head.name() + " against " + base.name() + ": " + outcome().label() + " (" + String.join(", ", counts)
                + ")";
    }
}
