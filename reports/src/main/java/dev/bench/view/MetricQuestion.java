package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Verdict;
import dev.bench.document.Numbers;
import dev.bench.result.Launch;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;

/**
 * Asks what a metric answers.
 *
 * @param topic what several questions have in common
 * @param words the question as people ask it
 * @param subject what a ratio is a multiple of
 * @param metric stored name of the metric
 * @param failures says of a target what failed beside launches, in words; the empty string where nothing did
 */
public record MetricQuestion(
        String topic, String words, String subject, String metric, BiFunction<ReportContext, String, String> failures)
        implements Question {
    /** Asks what a metric answers of which nothing but launches can fail. */
    public MetricQuestion(String topic, String words, String subject, String metric) {
        this(topic, words, subject, metric, MetricQuestion::nothing);
    }

    private static String nothing(ReportContext context, String target) {
        return "";
    }

    @Override
    public Optional<Answers> answer(ReportContext context) {
        Analysed analysed = context.analysed();
        // The headline has a row without a value too: what failed must be seen.
        return analysed.metrics().stream()
                .filter(measurand -> measurand.id().equals(metric))
                .filter(measurand -> measurand.equals(analysed.headline())
                        || analysed.seriesOf(metric).stream()
                                .anyMatch(series -> !series.points().isEmpty()))
                .findFirst()
                .map(measurand -> new Answers(scale(measurand), answers(context, measurand)));
    }

    private static String scale(Measurand measurand) {
        Metric.Better better = measurand.better();
        return better == null
                ? measurand.title()
                : measurand.title() + ", " + (better == Metric.Better.LOWER ? "less is better" : "more is better");
    }

    private List<Answer> answers(ReportContext context, Measurand measurand) {
        return context.analysed().result().targets().stream()
                .flatMap(target -> context.analysed().summary(metric, target.name()).stream())
                .map(summary -> answer(context, measurand, summary))
                .toList();
    }

    private Answer answer(ReportContext context, Measurand measurand, Result.MetricSummary summary) {
        Analysed analysed = context.analysed();
        String target = summary.target();
        List<String> notes = new ArrayList<>();
        String against = target.equals(analysed.result().plan().reference()) ? Answer.REFERENCE : "";
        Double ratio = null;
        Optional<Result.Comparison> comparison = analysed.comparison(metric, target);
        if (comparison.isPresent() && comparison.get().ratio() != null) {
            Result.Comparison row = comparison.get();
            ratio = row.ratio();
            against = Numbers.ratio(ratio) + " ("
                    + (row.ciLow() == null ? "no interval" : Numbers.ratioInterval(row.ciLow(), row.ciHigh())) + ")";
            if (row.ciLow() != null
                    && (row.verdict().equals(Verdict.INCONCLUSIVE.label())
                            || row.verdict().equals(Verdict.EQUIVALENT.label()))) {
                notes.add(row.verdict());
            }
        }
        return new Answer(
                target,
                analysed.isEmulated(target),
                summary.n() > 0 ? Numbers.value(summary.median(), measurand.unit()) : absence(context, target),
                summary.n() > 0 ? summary.median() : null,
                ratio,
                against,
                notes,
                failures(context, summary));
    }

    private String failures(ReportContext context, Result.MetricSummary summary) {
        List<String> all = new ArrayList<>();
        if (summary.failures() > 0) {
            all.add(summary.failures() + " of " + (summary.n() + summary.failures()) + " failed");
        }
        String further = failures.apply(context, summary.target());
        if (!further.isEmpty()) {
            all.add(further);
        }
        return String.join(", ", all);
    }

    /** Says why there is no figure. */
    private static String absence(ReportContext context, String target) {
        List<Launch> launches = context.analysed().launches().stream()
                .filter(launch -> launch.target().equals(target))
                .toList();
        if (launches.stream().anyMatch(launch -> launch.ok() && !launch.warmup())) {
            return "no result";
        }
        return launches.stream().anyMatch(launch -> !launch.ok())
                ? context.view().failure()
                : "not measured";
    }
}
