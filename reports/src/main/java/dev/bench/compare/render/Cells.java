package dev.bench.compare.render;

import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Shift;
import dev.bench.compare.Compared;
import dev.bench.compare.FailureChange;
import dev.bench.compare.LimitCheck;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import dev.bench.document.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Words the parts of a comparison the same way in every output; nothing is escaped yet. */
final class Cells {
    /** Names the columns of {@link #of}. */
    static final List<String> HEAD = List.of(
            "verdict", "metric", "target", "BASE", "HEAD", "HEAD / BASE", "95 % CI", "P(HEAD<BASE)", "n", "margin");

    private static final double SMALLEST_P = 0.0001;

    private Cells() {}

    static List<String> of(Compared row) {
        return List.of(
                row.outcome().label(),
                row.measurand().id(),
                target(row),
                median(row, true),
                median(row, false),
                ratio(row),
                interval(row),
                Numbers.fraction(row.shift().probabilityLess()),
                count(row),
                margin(row));
    }

    /** Words the margin, and the bar for a difference where noise raises it. */
    static String margin(Compared row) {
        String practical = Numbers.percent(row.margin().practical());
        return row.margin().bar() > row.margin().practical()
                ? practical + ", bar " + Numbers.percent(row.margin().bar())
                : practical;
    }

    static String target(Compared row) {
        return row.target() + (row.isEmulated() ? " (emulated)" : "");
    }

    static String median(Compared row, boolean ofBase) {
        return Numbers.value(
                        (ofBase ? row.base() : row.head()).median().orElse(null),
                        (ofBase ? row.base() : row.head()).measurand().unit())
                .strip();
    }

    static String ratio(Compared row) {
        return Numbers.ratio(row.shift().ratio());
    }

    static String interval(Compared row) {
        OrderStatistics.Interval interval = row.shift().interval();
        return interval == null
                ? Numbers.NONE
                : Numbers.ratioInterval(Math.exp(interval.low()), Math.exp(interval.high()));
    }

    static String count(Compared row) {
        Shift shift = row.shift();
        return row.paired()
                ? shift.baseCount() + " pairs"
                : row.base().points().size() + ", " + row.head().points().size();
    }

    static String probability(double p) {
        return p < SMALLEST_P ? "< 0.0001" : String.format(Locale.ROOT, "%.4f", p);
    }

    /** Says in one sentence what came out, for outputs that have no columns. */
    static String sentence(Compared row) {
        StringBuilder text = new StringBuilder(row.measurand().id() + " of " + target(row) + ": "
                + row.outcome().label() + ", " + median(row, true) + " to " + median(row, false) + ", " + ratio(row));
        if (row.shift().interval() != null) {
            text.append(", CI ").append(interval(row));
        }
        return text.append(advice(row)).toString();
    }

    /** Says why a verdict is inconclusive and what it would take; the empty string for others. */
    static String advice(Compared row) {
        if (row.outcome() != Outcome.INCONCLUSIVE) {
            return "";
        }
        List<String> parts = new ArrayList<>(row.reasons());
        Integer needed = row.shift().samplesNeeded(row.margin().practical());
        if (needed != null) {
            parts.add("about " + needed + (row.paired() ? " blocks" : " a side") + " would decide");
        }
        return "; " + String.join("; ", parts);
    }

    /** Says what all comparisons together came to. */
    static String sentence(Whole whole) {
        return whole.outcome().label() + ", " + whole.worse() + " of " + whole.benchmarks() + " worse, by "
                + Numbers.ratio(whole.ratio()) + " (above 1 is worse), CI "
                + Numbers.ratioInterval(
                        Math.exp(whole.interval().low()),
                        Math.exp(whole.interval().high()))
                + ", p " + probability(whole.pValue())
                + "; signed-rank test over all, for benchmarks that share nothing but a shift of the host within "
                + Numbers.percent(whole.margin().practical());
    }

    static String sentence(LimitCheck check) {
        String unit = check.measurand().unit();
        StringBuilder text = new StringBuilder(check.measurand().id() + " of " + check.target()
                + (check.samples().emulated() ? " (emulated)" : "") + ": limit "
                + check.verdict().label() + ", ");
        text.append(check.samples()
                .median()
                .map(value -> "median " + Numbers.value(value, unit).strip())
                .orElse("no value was measured"));
        OrderStatistics.medianInterval(check.samples().sorted())
                .ifPresent(range -> text.append(", CI ")
                        .append(Numbers.interval(range.low(), range.high(), unit)
                                .strip()));
        Double min = check.limit().min();
        Double max = check.limit().max();
        text.append("; accepted: ");
        if (min != null) {
            text.append("at least ").append(Numbers.value(min, unit).strip()).append(max == null ? "" : ", ");
        }
        if (max != null) {
            text.append("at most ").append(Numbers.value(max, unit).strip());
        }
        return text.toString();
    }

    static String sentence(FailureChange change) {
        return change.target() + ": " + change.headFailures() + " of " + change.headLaunches()
                + " launches failed in HEAD, " + change.baseFailures() + " of " + change.baseLaunches() + " in BASE"
                + (change.outcome() == Outcome.INCONCLUSIVE
                        ? ""
                        : ", " + change.outcome().label()) + " (p "
                + probability(change.adjustedP()) + ")";
    }
}
