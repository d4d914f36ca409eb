package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.compare.Gates;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Says the outcome in one sentence. */
final class VerdictSentence {
    private VerdictSentence() {}

    static String of(Analysed analysed) {
        Result result = analysed.result();
        Metric metric = analysed.headline();
        List<String> parts = new ArrayList<>();
        String reference = result.plan().reference();
        parts.add(part(analysed, metric, reference));
        for (Result.TargetFacts target : result.targets()) {
            if (!target.name().equals(reference)) {
                parts.add(part(analysed, metric, target.name()));
            }
        }
        String verdict = Gates.judge(Path.of(result.id()), analysed)
                .map(gate -> gate.sentence() + ". ")
                .orElse("");
        return verdict + result.scenario().name() + what(metric) + ": " + String.join("; ", parts)
                + (result.partial() ? " (partial run)" : "");
    }

    /** Names the metric where a reader could not guess it. */
    private static String what(Metric metric) {
        return metric == Metric.STARTUP_READY ? "" : ", " + metric.title().toLowerCase(Locale.ROOT);
    }

    private static String part(Analysed analysed, Metric metric, String target) {
        StringBuilder part = new StringBuilder(target).append(' ');
        Result.MetricSummary summary = analysed.summary(metric, target).orElse(null);
        if (summary == null || summary.n() == 0) {
            return part.append(summary == null || summary.failures() == 0 ? "not measured" : "never ready")
                    .toString();
        }
        part.append(Numbers.value(summary.median(), metric.unit()));
        if (analysed.isEmulated(target)) {
            part.append(" (emulated)");
        }
        analysed.comparison(metric, target).ifPresent(comparison -> {
            if (comparison.ratio() != null) {
                part.append(", ").append(Numbers.ratio(comparison.ratio()));
                if (comparison.ciLow() != null) {
                    part.append(", CI ").append(Numbers.ratioInterval(comparison.ciLow(), comparison.ciHigh()));
                }
            }
        });
        return part.toString();
    }
}
