package dev.bench.compare.render;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Holm;
import dev.bench.analysis.Margin;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.analysis.Shift;
import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonException;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Samples;
import dev.bench.document.Numbers;
import dev.bench.document.PlainText;
import dev.bench.result.Count;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Explains a verdict step by step, with the numbers of every step. */
public final class Explanation {
    private static final int MOST_VALUES = 40;

    private final StringBuilder out = new StringBuilder();
    private int number;

    private Explanation() {}

    /**
     * Explains what a comparison of two results found on a metric.
     *
     * @param target the only target to explain, or null for all
     * @throws ComparisonException where nothing of that name was compared
     */
    public static String of(ComparisonReport report, String metric, @Nullable String target) {
        List<Compared> rows = report.rows().stream()
                .filter(row -> row.measurand().id().equals(metric))
                .filter(row -> target == null || row.target().equals(target))
                .toList();
        if (rows.isEmpty()) {
            throw unknown(
                    metric,
                    target,
                    report.rows().stream().map(row -> row.measurand().id()),
                    report.rows().stream().map(Compared::target));
        }
        StringBuilder text = new StringBuilder();
        for (Compared row : rows) {
            text.append(new Explanation().compared(report, row)).append('\n');
        }
        return text.toString();
    }

    /**
     * Explains what one result found on a metric of its targets against its reference.
     *
     * @param target the only target to explain, or null for all but the reference
     * @throws ComparisonException where the result has no such metric or target
     */
    public static String of(Analysed analysed, String metric, @Nullable String target) {
        List<Pair> pairs = analysed.pairs().stream()
                .filter(pair -> pair.metric().id().equals(metric))
                .filter(pair -> target == null || pair.target().equals(target))
                .toList();
        if (pairs.isEmpty()) {
            if (analysed.result().plan().reference().equals(target)) {
                throw new ComparisonException(
                        "target '" + target + "' is the reference: every other target is held against it");
            }
            throw unknown(
                    metric,
                    target,
                    analysed.pairs().stream().map(pair -> pair.metric().id()),
                    analysed.pairs().stream().map(Pair::target));
        }
        StringBuilder text = new StringBuilder();
        for (Pair pair : pairs) {
            text.append(new Explanation().pair(analysed, pair)).append('\n');
        }
        return text.toString();
    }

    private static ComparisonException unknown(
            String metric, @Nullable String target, Stream<String> metrics, Stream<String> targets) {
        return new ComparisonException("nothing was compared of metric '" + metric + "'"
                + (target == null ? "" : " and target '" + target + "'") + ". Metrics: "
                + String.join(", ", metrics.distinct().toList()) + "; targets: "
                + String.join(", ", targets.distinct().toList()));
    }

    private String compared(ComparisonReport report, Compared row) {
        heading(row.measurand().id() + " of " + Cells.target(row) + ", "
                + report.head().name() + " against " + report.base().name() + ": "
                + row.outcome().label());
        step(
                "Measured",
                row.measurand().definition() + row.measurand().unitAfter(", in ") + "; "
                        + row.measurand().direction() + ". One sample is "
                        + row.sampling().words() + ".");
        step("BASE", samples(row.base()));
        step("HEAD", samples(row.head()));
        if (row.paired()) {
            ratios(Shift.logRatios(row.base().points(), row.head().points()), "HEAD / BASE within a block");
        } else {
            step(
                    "Not paired",
                    "the two results share no block, so every sample of HEAD is held against every one of BASE.");
        }
        shift(row.shift(), "HEAD", "BASE");
        step("Margin", margin(row.margin()));
        holm("p", row.shift().pValue(), row.rank(), row.family(), row.adjustedP());
        if (row.directions().isEmpty()) {
            step("Sessions", "one on each side; there is no second one whose direction could differ.");
        } else {
            List<String> directions = new ArrayList<>();
            row.directions()
                    .forEach(direction -> directions.add(String.format(
                            Locale.ROOT, "%s %+.2f %%", direction.session(), Math.expm1(direction.estimate()) * 100)));
            step("Sessions", "each by itself must point the same way: " + String.join(", ", directions) + ".");
        }
        report.limits().stream()
                .filter(check -> check.measurand().equals(row.measurand())
                        && check.target().equals(row.target()))
                .forEach(check -> step("Limit", Cells.sentence(check) + "; a rule of its own."));
        if (!report.differences().isEmpty()) {
            long decisive = report.differences().stream()
                    .filter(difference -> difference.decisive())
                    .count();
            step(
                    "Environment",
                    "differences beside the figures: " + report.differences().size() + ", of which decisive: "
                            + decisive + ".");
        }
        rule(row.shift(), row.margin(), row.adjustedP());
        detectable(row.shift(), row.margin(), row.family());
        step(
                "Verdict",
                row.outcome().label() + (row.reasons().isEmpty() ? "" : ", because " + String.join("; ", row.reasons()))
                        + ".");
        return out.toString();
    }

    private String pair(Analysed analysed, Pair pair) {
        List<Pair> family = analysed.pairs();
        double[] adjusted = Holm.adjust(family.stream().map(Pair::pValue).toList());
        int index = family.indexOf(pair);
        int rank = 1;
        for (int i = 0; i < family.size(); i++) {
            double p = family.get(i).pValue();
            rank += p < pair.pValue() || (p == pair.pValue() && i < index) ? 1 : 0;
        }
        Optional<Result.Comparison> stored = analysed.comparison(pair.metric().id(), pair.target());
        String verdict = stored.map(Result.Comparison::verdict).orElse("none");
        heading(pair.metric().id() + " of " + emulated(analysed, pair.target()) + " against "
                + emulated(analysed, pair.reference()) + ": " + verdict);
        step("Measured", pair.metric().definition() + pair.metric().unitAfter(", in ") + ".");
        for (String target : List.of(pair.reference(), pair.target())) {
            analysed.seriesOf(pair.metric().id()).stream()
                    .filter(series -> series.target().equals(target))
                    .findFirst()
                    .ifPresent(series -> step(
                            target,
                            samples(
                                    series.points(),
                                    series.failures(),
                                    pair.metric().unit())));
        }
        ratios(
                pair.logRatios().stream().mapToDouble(Double::doubleValue).toArray(),
                pair.target() + " / " + pair.reference() + " within a block");
        shift(pair.shift(), pair.target(), pair.reference());
        Margin margin = analysed.margin(pair.metric());
        step("Margin", margin(margin));
        holm(pair.test() + ", p", pair.pValue(), rank, family.size(), adjusted[index]);
        rule(pair.shift(), margin, adjusted[index]);
        detectable(pair.shift(), margin, family.size());
        step("Verdict", verdict + ".");
        return out.toString();
    }

    private static String emulated(Analysed analysed, String target) {
        return target + (analysed.isEmulated(target) ? " (emulated)" : "");
    }

    private static String samples(Samples samples) {
        return samples(samples.points(), samples.failures(), samples.measurand().unit());
    }

    private static String samples(List<Series.Point> points, int failures, String unit) {
        double[] sorted =
                points.stream().mapToDouble(Series.Point::value).sorted().toArray();
        if (sorted.length == 0) {
            return "no sample, " + failures + " failed.";
        }
        String interval = OrderStatistics.medianInterval(sorted)
                .map(range -> ", CI " + Numbers.interval(range.low(), range.high(), unit))
                .orElse("");
        long sessions = points.stream().map(Series.Point::session).distinct().count();
        return Count.of(sorted.length, "sample") + " in " + Count.of(sessions, "session") + ", " + failures
                + " failed; median " + Numbers.value(OrderStatistics.median(sorted), unit) + interval + "; from "
                + Numbers.value(sorted[0], unit) + " to " + Numbers.value(sorted[sorted.length - 1], unit) + ".";
    }

    private void ratios(double[] logRatios, String of) {
        StringBuilder text = new StringBuilder(of + ", " + Count.of(logRatios.length, "block") + ": ");
        for (int i = 0; i < Math.min(MOST_VALUES, logRatios.length); i++) {
            text.append(String.format(Locale.ROOT, "%.3f ", Math.exp(logRatios[i])));
        }
        step("Ratios", text + (logRatios.length > MOST_VALUES ? "and so on." : ""));
    }

    private void shift(Shift shift, String head, String base) {
        OrderStatistics.Interval interval = shift.interval();
        step(
                "Estimate",
                shift.method() + ", on logarithms: " + head + " / " + base + " = "
                        + String.format(Locale.ROOT, "%.4f", shift.ratio()) + ".");
        step(
                "Interval",
                interval == null
                        ? "none, there are too few samples."
                        : String.format(
                                Locale.ROOT,
                                "%.4f to %.4f, 95 %% confidence.",
                                Math.exp(interval.low()),
                                Math.exp(interval.high())));
        step(
                "Effect size",
                "P(" + head + " < " + base + ") = " + Numbers.fraction(shift.probabilityLess())
                        + "; 0.5 is no effect.");
    }

    private void holm(String what, double pValue, int rank, int family, double adjustedP) {
        step(
                "Holm",
                what + " " + Cells.probability(pValue) + ", number " + rank + " of " + family
                        + " from the smallest, so it counts " + (family - rank + 1) + " times"
                        + ", and no less than the smaller ones: " + Cells.probability(adjustedP)
                        + (adjustedP < Holm.ALPHA ? ", below " : ", not below ") + Holm.ALPHA + ".");
    }

    private void rule(Shift shift, Margin margin, double adjustedP) {
        OrderStatistics.Interval interval = shift.interval();
        if (interval == null) {
            step("Rule", "no interval, no verdict.");
            return;
        }
        double limit = Math.log1p(margin.practical());
        double bar = Math.log1p(margin.bar());
        step(
                "Rule",
                "changed needs all of: the test rejects (" + yes(adjustedP < Holm.ALPHA)
                        + "), the interval excludes 1 ("
                        + yes(interval.low() > 0 || interval.high() < 0)
                        + "), the estimate is beyond the bar, outside "
                        + String.format(Locale.ROOT, "%.4f to %.4f", Math.exp(-bar), Math.exp(bar)) + " ("
                        + yes(Math.abs(shift.estimate()) > bar)
                        + "); equivalent needs the interval within the practical margin ("
                        + yes(interval.low() > -limit && interval.high() < limit) + ").");
    }

    private static String yes(boolean holds) {
        return holds ? "yes" : "no";
    }

    private static String margin(Margin margin) {
        return "within " + Numbers.percent(margin.practical()) + " two count as the same; a difference takes "
                + Numbers.percent(margin.bar()) + ": " + margin.source() + ".";
    }

    private void detectable(Shift shift, Margin margin, int tests) {
        Double detectable = shift.minimumDetectable(margin, tests);
        Integer needed = shift.samplesNeeded(margin.practical());
        if (needed != null) {
            step(
                    "Power",
                    (detectable == null
                                    ? "so few samples can find no change once the test is corrected for the others"
                                    : "so many samples find a change of " + Numbers.percent(detectable)
                                            + " with 95 % power")
                            + "; about " + needed + " would bring the interval inside the margin.");
        }
    }

    private void heading(String text) {
        out.append("explained: ").append(PlainText.printable(text)).append('\n');
    }

    private void step(String title, String text) {
        number++;
        out.append(String.format(Locale.ROOT, "%2d. ", number))
                .append(PlainText.printable(title + ": " + text).strip())
                .append('\n');
    }
}
