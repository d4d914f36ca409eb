package dev.bench.scenario;

import dev.bench.grammar.Spelling;
import dev.bench.host.Sha256;
import dev.bench.measure.Measures;
import dev.bench.plan.Gate;
import dev.bench.plan.Plan;
import dev.bench.plan.Schedule;
import dev.bench.result.Count;
import dev.bench.result.TargetKind;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Turns a scenario into a plan: the only place that fills in what a scenario leaves out. */
public final class Planner {
    private static final int FEW_BLOCKS = 10;

    private final List<TargetDriver> drivers;

    /** Creates a planner for targets of these drivers. */
    public Planner(List<TargetDriver> drivers) {
        this.drivers = List.copyOf(drivers);
    }

    /**
     * Says what the command line asks for beside the scenario.
     *
     * @param blocks replaces the scenario's, or null
     * @param warmupBlocks replaces the scenario's, or null
     * @param sessions replaces the scenario's, or null
     * @param seed replaces the scenario's, or null
     * @param targets names of the only targets to run; empty for all
     */
    public record Overrides(
            @Nullable Integer blocks,
            @Nullable Integer warmupBlocks,
            @Nullable Integer sessions,
            @Nullable Long seed,
            List<String> targets) {
        public Overrides {
            targets = List.copyOf(targets);
        }

        /** Returns overrides that leave everything as the scenario has it. */
        public static Overrides none() {
            return new Overrides(null, null, null, null, List.of());
        }
    }

    /**
     * Holds a plan with what is worth saying of it.
     *
     * @param plan the plan
     * @param warnings each with advice
     */
    public record Planned(Plan plan, List<String> warnings) {
        public Planned {
            warnings = List.copyOf(warnings);
        }
    }

    /**
     * Makes the plan.
     *
     * @throws IllegalArgumentException where an override names a target the scenario does not have
     */
    public Planned plan(ScenarioSpec spec, Overrides overrides) {
        List<TargetDefinition> targets = chosen(spec, overrides.targets());
        boolean control = spec.control() == null ? targets.size() > 1 : spec.control();
        int sessions = first(overrides.sessions(), first(spec.schedule().sessions(), Defaults.SESSIONS));
        return plan(spec, overrides, targets, reference(spec, targets), control, sessions, null, List.of());
    }

    /**
     * Makes the plan of a gate: every target that the baseline applies to runs beside its baseline.
     *
     * @param named the baseline that the command line names; where it names none, the scenario's holds
     * @throws IllegalArgumentException where there is no baseline, or it applies to no target, where there are too few
     *     sessions, or where an override names a target the scenario does not have
     */
    public Planned gate(ScenarioSpec spec, Overrides overrides, Baseline named) {
        GateSpec judged = first(spec.gate(), GateSpec.none());
        Baseline baseline = named.isEmpty() ? judged.baseline() : named;
        if (baseline.isEmpty()) {
            throw new IllegalArgumentException("a gate needs a baseline: give --baseline KEY=VALUE, such as"
                    + " --baseline image=nginx:1.26 or --baseline runtime=runc, or `gate: {baseline: ...}` in "
                    + spec.file().getFileName());
        }
        int sessions = first(
                overrides.sessions(),
                Math.max(Defaults.GATE_SESSIONS, first(spec.schedule().sessions(), Defaults.GATE_SESSIONS)));
        if (sessions < Defaults.GATE_SESSIONS) {
            throw new IllegalArgumentException("--sessions " + sessions + ": a gate takes at least "
                    + Defaults.GATE_SESSIONS + " sessions, because one alone may have had bad luck throughout");
        }
        if (baseline.image() != null && spec.workload().stack() != null) {
            throw new IllegalArgumentException("--baseline image: the services of a Compose file have an image each;"
                    + " hold options of targets against each other, such as --baseline runtime=runc");
        }
        List<TargetDefinition> chosen = chosen(spec, overrides.targets());
        baseline.problem(chosen).ifPresent(problem -> {
            throw new IllegalArgumentException("--baseline: " + problem);
        });
        return gate(spec, overrides, judged, baseline, chosen, sessions);
    }

    private Planned gate(
            ScenarioSpec spec,
            Overrides overrides,
            GateSpec judged,
            Baseline baseline,
            List<TargetDefinition> chosen,
            int sessions) {
        List<String> notes = new ArrayList<>();
        List<TargetDefinition> judgedTargets = new ArrayList<>();
        List<TargetDefinition> targets = new ArrayList<>();
        Map<String, String> baselines = new LinkedHashMap<>();
        boolean same = baseline.image() == null
                || baseline.image().equals(spec.workload().image());
        for (TargetDefinition target : chosen) {
            String name = target.name() + Gate.BASELINE_SUFFIX;
            Optional<TargetDefinition> counterpart = baseline.of(target, name);
            if (counterpart.isEmpty()) {
                notes.add("target " + target.name() + " is left out of the gate: it has no "
                        + String.join(", ", baseline.options().keySet()));
                continue;
            }
            judgedTargets.add(target);
            targets.add(target);
            targets.add(counterpart.get());
            baselines.put(target.name(), name);
            same &= counterpart.get().options().equals(target.options());
        }
        if (same) {
            notes.add("the baseline is the same as what is judged (an A/A gate): whatever it finds is a false alarm");
        }
        Gate gate = new Gate(
                baseline.describe(),
                baselines,
                baseline.image() == null
                                || baseline.image().equals(spec.workload().image())
                        ? null
                        : baseline.image(),
                judged.budgets(),
                judged.limits(),
                notes);
        String reference = reference(spec, judgedTargets) + Gate.BASELINE_SUFFIX;
        return plan(spec, overrides, targets, reference, first(spec.control(), true), sessions, gate, notes);
    }

    private static Planned plan(
            ScenarioSpec spec,
            Overrides overrides,
            List<TargetDefinition> targets,
            String reference,
            boolean control,
            int sessions,
            @Nullable Gate gate,
            List<String> notes) {
        List<String> warnings = new ArrayList<>(notes);
        ScheduleSpec asked = spec.schedule();
        Schedule schedule = new Schedule(
                first(overrides.blocks(), first(asked.blocks(), Defaults.BLOCKS)),
                first(overrides.warmupBlocks(), first(asked.warmupBlocks(), Defaults.WARMUP_BLOCKS)),
                sessions,
                first(overrides.seed(), first(asked.seed(), seed(spec.text()))),
                first(asked.pause(), Duration.ZERO));
        if (spec.workload().stack() != null) {
            spec.workload().stack().notes().forEach(note -> warnings.add("Compose file: " + note));
        }
        if (schedule.blocks() < FEW_BLOCKS) {
            warnings.add("only " + Count.of(schedule.blocks(), "block")
                    + ": intervals are wide or missing; use 10 at least, 20 to tell small differences");
        }
        Plan plan = new Plan(
                spec.name(),
                spec.description(),
                spec.measure(),
                spec.settings(),
                spec.file(),
                spec.workload(),
                Measures.find(spec.measure()).orElseThrow().limits(spec.limits(), spec.settings()),
                targets,
                reference,
                control,
                schedule,
                gate,
                spec.claims());
        return new Planned(plan, warnings);
    }

    private static List<TargetDefinition> chosen(ScenarioSpec spec, List<String> names) {
        for (String name : names) {
            if (spec.targets().stream().noneMatch(target -> target.name().equals(name))) {
                List<String> known =
                        spec.targets().stream().map(TargetDefinition::name).toList();
                throw new IllegalArgumentException("--target " + name + ": the scenario has no such target"
                        + Spelling.stop(name, known) + " It has " + String.join(", ", known));
            }
        }
        return spec.targets().stream()
                .filter(target -> names.isEmpty() || names.contains(target.name()))
                .toList();
    }

    private String reference(ScenarioSpec spec, List<TargetDefinition> targets) {
        String wanted = spec.reference();
        if (wanted != null && targets.stream().anyMatch(target -> target.name().equals(wanted))) {
            return wanted;
        }
        return targets.stream()
                .filter(target -> Drivers.kind(drivers, target).equals(TargetKind.CONTAINER))
                .findFirst()
                .orElse(targets.get(0))
                .name();
    }

    /** Draws the seed from the scenario's text: the same file gives the same order, and another file another one. */
    private static long seed(String text) {
        byte[] digest = Sha256.begin().digest(text.getBytes(StandardCharsets.UTF_8));
        return ByteBuffer.wrap(digest).getInt() & 0x7fffffffL;
    }

    private static <T> T first(@Nullable T given, T fallback) {
        return given == null ? fallback : given;
    }
}
