package dev.bench.compare;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.HostClass;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Measurands;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.result.Identity;
import dev.bench.result.Result;
import dev.bench.result.Secrets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes a side of a comparison from a stored result. */
final class ResultSide {
    /** Differs between any two runs and says little by itself. */
    private static final String LOAD = "load average";

    private ResultSide() {}

    /** Returns the side; throws {@link ComparisonException} where the target asked for is not in the result. */
    static Side of(Path source, Analysed analysed, @Nullable String chosen) {
        Result result = analysed.result();
        List<Samples> samples = new ArrayList<>();
        for (Series series : analysed.series()) {
            boolean asked = chosen == null ? !analysed.isControl(series.target()) : chosen.equals(series.target());
            if (asked && (!series.points().isEmpty() || series.failures() > 0)) {
                samples.add(samples(analysed, series, series.target()));
            }
        }
        if (chosen != null && samples.isEmpty()) {
            throw new ComparisonException(result.id() + " has no launches of a target '" + chosen + "'; it has "
                    + String.join(
                            ", ",
                            analysed.series().stream()
                                    .map(Series::target)
                                    .distinct()
                                    .toList()));
        }
        return new Side(
                source,
                Side.Kind.RESULT,
                result.id(),
                result.scenario().name(),
                result.tool(),
                result.startedAt(),
                chosen,
                result.partial(),
                samples,
                controls(analysed),
                facts(result),
                Measurands.unknown(result).stream().toList());
    }

    /** Returns the baselines of a gate, each under the name of the target that is held against it. */
    static Side baselineOfGate(Path source, Analysed analysed, Result.GateFacts gate) {
        Result result = analysed.result();
        List<Fact> facts =
                new ArrayList<>(facts(result, Objects.requireNonNullElse(gate.workload(), result.workload())));
        gate.baselines().forEach((judged, baseline) -> facts.addAll(facts(result, baseline, judged)));
        Map<String, String> names = new HashMap<>();
        gate.baselines().forEach((judged, baseline) -> names.put(baseline, judged));
        return ofGate(source, analysed, "its baseline (" + gate.baseline() + ")", names, facts, List.of());
    }

    /** Returns what a gate judges. */
    static Side judgedByGate(Path source, Analysed analysed, Result.GateFacts gate) {
        Result result = analysed.result();
        List<Fact> facts = new ArrayList<>(facts(result, result.workload()));
        Map<String, String> names = new HashMap<>();
        for (String judged : gate.baselines().keySet()) {
            facts.addAll(facts(result, judged, judged));
            names.put(judged, judged);
        }
        List<String> notes = new ArrayList<>(gate.notes());
        Measurands.unknown(result).ifPresent(notes::add);
        return ofGate(source, analysed, result.id(), names, facts, notes);
    }

    /**
     * Makes one side of a gate. Targets without any launch are kept: that there is nothing to judge is to be said.
     *
     * @param names the targets of this side, each with the name it is compared by
     */
    private static Side ofGate(
            Path source,
            Analysed analysed,
            String id,
            Map<String, String> names,
            List<Fact> facts,
            List<String> notes) {
        Result result = analysed.result();
        List<Measurand> gated = Measurands.gated(result.scenario().measure());
        List<Samples> samples = new ArrayList<>();
        for (Series series : analysed.series()) {
            String name = names.get(series.target());
            if (name != null && (gated.isEmpty() || gated.contains(series.metric()))) {
                samples.add(samples(analysed, series, name));
            }
        }
        return new Side(
                source,
                Side.Kind.RESULT,
                id,
                result.scenario().name(),
                result.tool(),
                result.startedAt(),
                null,
                result.partial(),
                samples,
                controls(analysed),
                facts,
                notes);
    }

    private static Samples samples(Analysed analysed, Series series, String name) {
        return new Samples(
                series.metric(), name, analysed.isEmulated(series.target()), series.points(), series.failures());
    }

    private static Map<String, Double> controls(Analysed analysed) {
        Map<String, Double> controls = new HashMap<>();
        for (Pair pair : analysed.pairs()) {
            if (analysed.isControl(pair.target()) && pair.interval() != null) {
                controls.put(pair.metric().id(), pair.halfWidth());
            }
        }
        return controls;
    }

    private static List<Fact> facts(Result result) {
        List<Fact> facts = new ArrayList<>(facts(result, result.workload()));
        result.targets().forEach(target -> facts.addAll(facts(target, target.name())));
        return facts;
    }

    /** Returns the facts of one target under the name it is compared by. */
    private static List<Fact> facts(Result result, String target, String name) {
        return result.targets().stream()
                .filter(opened -> opened.name().equals(target))
                .flatMap(opened -> facts(opened, name).stream())
                .toList();
    }

    private static List<Fact> facts(Result result, Result.WorkloadFacts workload) {
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(Scope.WORKLOAD, "scenario file", result.scenario().sha256()));
        facts.add(Fact.of(Scope.WORKLOAD, "image", workload.image()));
        facts.add(Fact.of(Scope.WORKLOAD, "image digest", workload.imageDigest()));
        facts.add(Fact.of(Scope.WORKLOAD, "tree digest", workload.treeDigest()));
        facts.add(Fact.of(Scope.WORKLOAD, "arguments", Secrets.mask(String.join(" ", workload.argv()))));
        facts.add(Fact.of(Scope.WORKLOAD, "readiness", workload.readiness()));
        facts.add(Fact.of(Scope.WORKLOAD, "limits", workload.limits()));
        facts.add(Fact.of(Scope.PLAN, "tool", result.tool()));
        facts.add(Fact.of(Scope.PLAN, "blocks", Integer.toString(result.plan().blocks())));
        facts.add(Fact.of(Scope.PLAN, "sessions", Integer.toString(result.plan().sessions())));
        HostClass hostClass = HostClass.of(result.host());
        result.host().forEach((name, value) -> {
            if (!name.equals(LOAD)) {
                facts.add(new Fact(
                        Scope.HOST,
                        name,
                        value,
                        switch (name) {
                            case "cpu" -> hostClass.processor();
                            case "topology" -> hostClass.topology();
                            case "memory" -> hostClass.memory();
                            default -> "";
                        }));
            }
        });
        return facts;
    }

    private static List<Fact> facts(Result.TargetFacts target, String name) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(name, "substrate", target.kind().label() + " by " + target.driver()));
        String accelerator =
                Optional.ofNullable(target.facts().get("accelerator")).orElse(target.emulated() ? "emulated" : "none");
        String firstWord = accelerator.split("[\\s(:,]", 2)[0];
        facts.add(new Fact(
                Scope.ofTarget(name),
                "accelerator",
                accelerator,
                (target.emulated() ? "emulated by " : "native by ") + firstWord));
        target.facts().forEach((key, value) -> {
            if (!key.equals("accelerator")) {
                facts.add(fact(name, key, value));
            }
        });
        Identity identity = target.identity();
        if (identity != null) {
            facts.add(fact(name, "tree digest seen", identity.treeDigest()));
            facts.add(fact(name, "arguments seen", Secrets.mask(String.join(" ", identity.argv()))));
            facts.add(fact(
                    name,
                    "environment seen",
                    identity.env().stream().map(Secrets::maskVariable).collect(Collectors.joining(" "))));
            facts.add(fact(name, "user seen", identity.uid() + ", " + identity.gid()));
            facts.add(fact(name, "directory seen", identity.cwd()));
            facts.add(fact(name, "kernel seen", identity.kernel()));
            facts.add(fact(name, "processors seen", Double.toString(identity.cpus())));
            facts.add(fact(name, "memory seen", (identity.memoryBytes() >> 20) + " MiB"));
            identity.attributes()
                    .forEach((key, value) -> facts.add(fact(name, key + " seen", value.replace("\n", ", "))));
        }
        return facts;
    }

    private static Fact fact(String target, String name, String value) {
        return Fact.of(Scope.ofTarget(target), name, value);
    }
}
