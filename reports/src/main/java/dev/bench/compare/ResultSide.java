package dev.bench.compare;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.HostClass;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.result.Identity;
import dev.bench.result.Result;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Makes a side of a comparison from a stored result. */
final class ResultSide {
    /** The scope of facts that touch every comparison. */
    static final String HOST = "host";

    private static final String WORKLOAD = "workload";
    private static final String PLAN = "plan";
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
                samples.add(new Samples(
                        Measurand.of(series.metric()),
                        series.target(),
                        analysed.isEmulated(series.target()),
                        series.points(),
                        series.failures()));
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
                List.of());
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
        List<Fact> facts = new ArrayList<>();
        facts.add(Fact.of(WORKLOAD, "scenario file", result.scenario().sha256()));
        facts.add(Fact.of(WORKLOAD, "image", result.workload().image()));
        facts.add(Fact.of(WORKLOAD, "image digest", result.workload().imageDigest()));
        facts.add(Fact.of(WORKLOAD, "tree digest", result.workload().treeDigest()));
        facts.add(Fact.of(
                WORKLOAD, "arguments", String.join(" ", result.workload().argv())));
        facts.add(Fact.of(WORKLOAD, "readiness", result.workload().readiness()));
        facts.add(Fact.of(WORKLOAD, "limits", result.workload().limits()));
        facts.add(Fact.of(PLAN, "tool", result.tool()));
        facts.add(Fact.of(PLAN, "blocks", Integer.toString(result.plan().blocks())));
        facts.add(Fact.of(PLAN, "sessions", Integer.toString(result.plan().sessions())));
        HostClass hostClass = HostClass.of(result.host());
        result.host().forEach((name, value) -> {
            if (!name.equals(LOAD)) {
                facts.add(new Fact(
                        HOST,
                        null,
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
        result.targets().forEach(target -> facts.addAll(facts(target)));
        return facts;
    }

    private static List<Fact> facts(Result.TargetFacts target) {
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(target, "substrate", target.kind().label() + " by " + target.engine()));
        String accelerator =
                Optional.ofNullable(target.facts().get("accelerator")).orElse(target.emulated() ? "emulated" : "none");
        String firstWord = accelerator.split("[\\s(:,]", 2)[0];
        facts.add(new Fact(
                "target",
                target.name(),
                "accelerator",
                accelerator,
                (target.emulated() ? "emulated by " : "native by ") + firstWord));
        target.facts().forEach((name, value) -> {
            if (!name.equals("accelerator")) {
                facts.add(fact(target, name, value));
            }
        });
        Identity identity = target.identity();
        if (identity != null) {
            facts.add(fact(target, "tree digest seen", identity.treeDigest()));
            facts.add(fact(target, "arguments seen", String.join(" ", identity.argv())));
            facts.add(fact(target, "environment seen", String.join(" ", identity.env())));
            facts.add(fact(target, "user seen", identity.uid() + ", " + identity.gid()));
            facts.add(fact(target, "directory seen", identity.cwd()));
            facts.add(fact(target, "kernel seen", identity.kernel()));
            facts.add(fact(target, "processors seen", Double.toString(identity.cpus())));
            facts.add(fact(target, "memory seen", (identity.memoryBytes() >> 20) + " MiB"));
        }
        return facts;
    }

    private static Fact fact(Result.TargetFacts target, String name, String value) {
        return new Fact("target", target.name(), name, value, "");
    }
}
