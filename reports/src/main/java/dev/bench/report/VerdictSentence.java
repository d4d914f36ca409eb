package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.compare.Gates;
import dev.bench.document.Numbers;
import dev.bench.result.Result;
import dev.bench.view.MeasureView;
import dev.bench.view.Views;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says the outcome in one sentence. */
final class VerdictSentence {
    private VerdictSentence() {}

    static String of(Analysed analysed) {
        Result result = analysed.result();
        MeasureView view = Views.of(analysed);
        Measurand metric = analysed.headline();
        List<String> parts = new ArrayList<>();
        String reference = result.plan().reference();
        parts.add(part(view, analysed, metric, reference));
        for (Result.TargetFacts target : result.targets()) {
            if (!target.name().equals(reference)) {
                parts.add(part(view, analysed, metric, target.name()));
            }
        }
        String verdict = Gates.judge(Path.of(result.id()), analysed)
                .map(gate -> gate.sentence() + ". ")
                .orElse("");
        return verdict + result.scenario().name() + what(view, metric) + ": " + String.join("; ", parts)
                + (result.partial() ? " (partial run)" : "");
    }

    /** Names the metric where a reader could not guess it. */
    private static String what(MeasureView view, Measurand metric) {
        String name = view.named(metric);
        return name.isEmpty() ? "" : ", " + name;
    }

    private static String part(MeasureView view, Analysed analysed, Measurand metric, String target) {
        StringBuilder part = new StringBuilder(target).append(' ');
        Result.MetricSummary summary = analysed.summary(metric.id(), target).orElse(null);
        if (summary == null || summary.n() == 0) {
            boolean tried = summary != null && summary.failures() > 0;
            String untried =
                    analysed.failedBeforeMeasuring(target) > 0 ? "failed in the discarded block" : "not measured";
            return part.append(tried ? view.failure() : untried).toString();
        }
        part.append(Numbers.value(summary.median(), metric.unit()));
        if (analysed.isEmulated(target)) {
            part.append(" (emulated)");
        }
        analysed.comparison(metric.id(), target).ifPresent(comparison -> {
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
