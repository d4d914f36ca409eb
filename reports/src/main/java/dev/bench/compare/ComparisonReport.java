package dev.bench.compare;

import dev.bench.analysis.Measurand;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Holds everything that is said of two results; every output is made from it alone.
 *
 * @param base the result held against
 * @param head the result judged
 * @param paired whether both were measured in the same blocks
 * @param rows every measure of every target, in display order
 * @param whole what all rows together say; null where they are too few, or one target was asked for
 * @param failures failed launches by target, of the targets with a failure
 * @param limits absolute limits, of every target; none where this is no gate
 * @param differences what else is not the same
 * @param notes what a reader must know
 */
public record ComparisonReport(
        Side base,
        Side head,
        boolean paired,
        List<Compared> rows,
        @Nullable Whole whole,
        List<FailureChange> failures,
        List<LimitCheck> limits,
        List<Difference> differences,
        List<String> notes) {
    public ComparisonReport {
        rows = List.copyOf(rows);
        failures = List.copyOf(failures);
        limits = List.copyOf(limits);
        differences = List.copyOf(differences);
        notes = List.copyOf(notes);
    }

    /** Returns the verdict: the worst of its parts. Failures and a test of the whole that do not decide do not count. */
    public Outcome outcome() {
        return Stream.of(
                        rows.stream().map(Compared::outcome),
                        Stream.ofNullable(whole).map(Whole::outcome).filter(outcome -> outcome == Outcome.REGRESSED),
                        failures.stream().map(FailureChange::outcome).filter(outcome -> outcome == Outcome.REGRESSED),
                        limits.stream().map(LimitCheck::outcome).filter(outcome -> outcome != Outcome.EQUIVALENT))
                .flatMap(outcomes -> outcomes)
                .min(Comparator.naturalOrder())
                .orElse(Outcome.INCONCLUSIVE);
    }

    /** Returns what is said of one target. */
    ComparisonReport only(String target) {
        return new ComparisonReport(
                base,
                head,
                paired,
                rows.stream().filter(row -> row.target().equals(target)).toList(),
                null,
                failures.stream()
                        .filter(change -> change.target().equals(target))
                        .toList(),
                limits.stream().filter(check -> check.target().equals(target)).toList(),
                differences,
                notes);
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
        if (whole != null && (whole.outcome() == Outcome.REGRESSED || whole.outcome() == Outcome.IMPROVED)) {
            counts.add("all together " + whole.outcome().label());
        }
        long failing = failures.stream()
                .filter(change -> change.outcome() == Outcome.REGRESSED)
                .count();
        if (failing > 0) {
            counts.add("more launches fail on " + failing + (failing == 1 ? " target" : " targets"));
        }
        countLimits(counts, AbsoluteLimit.Standing.BROKEN);
        countLimits(counts, AbsoluteLimit.Standing.INCONCLUSIVE);
        return head.name() + " against " + base.name() + ": " + outcome().label() + " (" + String.join(", ", counts)
                + ")";
    }

    private void countLimits(List<String> counts, AbsoluteLimit.Standing verdict) {
        long count = limits.stream().filter(check -> check.verdict() == verdict).count();
        if (count > 0) {
            counts.add(count + (count == 1 ? " limit " : " limits ") + verdict.label());
        }
    }
}
