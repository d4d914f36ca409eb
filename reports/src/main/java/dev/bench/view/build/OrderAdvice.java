package dev.bench.view.build;

import dev.bench.image.DockerfileOrder;
import dev.bench.measure.build.BuildRecord;
import dev.bench.measure.build.BuildRecord.Step;
import dev.bench.result.Result;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Holds what another order of a Dockerfile's instructions saves after one change: predicted from builds in the order that
 * is, and measured.
 *
 * @param change what was done, as the scenario calls it
 * @param copy the step that the change reaches first
 * @param costliest the step after it that takes longest; empty where none ran
 * @param asIsMs median time of the rebuild in the order that is
 * @param predictedMs what it is expected to take in the other order: the same without the steps that need not run again
 * @param reorderedMs median time of the rebuild in the other order
 */
record OrderAdvice(
        String change, Step copy, Optional<Step> costliest, double asIsMs, double predictedMs, double reorderedMs) {
    private static final String DOCKERFILE = "Dockerfile";

    /** Returns advice on every change of a result whose reference was also built in another order; else none. */
    static List<OrderAdvice> of(ReportContext context) {
        Result result = context.analysed().result();
        String asIs = result.plan().reference();
        Optional<String> reordered = result.targets().stream()
                .filter(target ->
                        DockerfileOrder.REORDERED.equals(target.facts().get(DOCKERFILE)))
                .map(Result.TargetFacts::name)
                .findFirst();
        if (reordered.isEmpty()) {
            return List.of();
        }
        Map<String, Map<String, Builds>> all = new LinkedHashMap<>();
        for (Builds builds : Builds.of(context)) {
            all.computeIfAbsent(builds.target(), name -> new LinkedHashMap<>()).put(builds.kind(), builds);
        }
        Map<String, Builds> before = all.getOrDefault(asIs, Map.of());
        Map<String, Builds> after = all.getOrDefault(reordered.get(), Map.of());
        Builds whole = after.get(BuildRecord.COLD);
        List<OrderAdvice> advice = new ArrayList<>();
        before.forEach((kind, builds) -> {
            Builds other = after.get(kind);
            if (builds.isAfterChange() && other != null && whole != null) {
                of(builds, other, whole.typical().steps()).ifPresent(advice::add);
            }
        });
        return advice;
    }

    private static Optional<OrderAdvice> of(Builds asIs, Builds reordered, List<Step> order) {
        BuildRecord build = asIs.typical();
        List<Step> run = build.steps().stream().filter(step -> !step.cached()).toList();
        Optional<Step> copy = run.stream()
                .filter(step -> step.line() > 0 && step.text().matches("(?i)(?:copy|add) .*"))
                .findFirst();
        if (copy.isEmpty()) {
            return Optional.empty();
        }
        int position = position(order, copy.get());
        double spared = run.stream()
                .filter(step -> position(order, step) < position)
                .mapToDouble(Step::lengthMs)
                .sum();
        Optional<Step> costliest = run.stream()
                .filter(step -> step.line() > 0 && !step.equals(copy.get()))
                .max(Comparator.comparingDouble(Step::lengthMs));
        return Optional.of(new OrderAdvice(
                build.change(),
                copy.get(),
                costliest,
                build.ms(),
                build.ms() - spared,
                reordered.typical().ms()));
    }

    /** Returns where an order has a step; behind all others where it does not have it. */
    private static int position(List<Step> order, Step step) {
        for (int i = 0; i < order.size(); i++) {
            if (order.get(i).text().equals(step.text())) {
                return i;
            }
        }
        return order.size();
    }

    /** Returns the share of the time as it is that the other order saves, as measured. */
    double saved() {
        return (asIsMs - reorderedMs) / asIsMs;
    }
}
