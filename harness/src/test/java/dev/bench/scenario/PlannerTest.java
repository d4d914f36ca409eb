package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.startup.StartupSettings;
import dev.bench.plan.BlockOrder;
import dev.bench.plan.Plan;
import dev.bench.result.TargetKind;
import dev.bench.target.LabView;
import dev.bench.target.OptionSpec;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final Planner.Overrides NONE = Planner.Overrides.none();

    private static final GateSpec NAMED =
            new GateSpec(new Baseline(null, Map.of("runtime", "crun")), Map.of(), Map.of());

    private final Planner planner = new Planner(List.of(
            new KindOnly("process", TargetKind.PROCESS),
            new KindOnly("docker", TargetKind.CONTAINER),
            new KindOnly("libvirt", TargetKind.VM)));

    @Test
    void fillsInWhatTheScenarioLeavesOut() {
        Planner.Planned planned = planner.plan(scenario("text", null, null, null, null, "process", "docker"), NONE);

        Plan plan = planned.plan();
        assertEquals(Defaults.BLOCKS, plan.schedule().blocks());
        assertEquals(Defaults.WARMUP_BLOCKS, plan.schedule().warmupBlocks());
        assertEquals(Defaults.SESSIONS, plan.schedule().sessions());
        assertEquals(Duration.ZERO, plan.schedule().pause());
        assertEquals(List.of(), planned.warnings());
    }

    @Test
    void keepsWhatTheScenarioSays() {
        Plan plan = planner.plan(scenario("text", 30, 11L, "libvirt", false, "docker", "libvirt"), NONE)
                .plan();

        assertEquals(30, plan.schedule().blocks());
        assertEquals(11, plan.schedule().seed());
        assertEquals("libvirt", plan.reference());
        assertFalse(plan.control());
        assertNull(plan.controlName());
    }

    @Test
    void theCommandLineComesFirst() {
        Plan plan = planner.plan(
                        scenario("text", 30, 11L, null, null, "process", "docker", "libvirt"),
                        new Planner.Overrides(12, 0, 3, 99L, List.of("libvirt", "process")))
                .plan();

        assertEquals(12, plan.schedule().blocks());
        assertEquals(3, plan.schedule().sessions());
        assertEquals(99, plan.schedule().seed());
        assertEquals(
                List.of("process", "libvirt"),
                plan.targets().stream().map(TargetDefinition::name).toList());
    }

    @Test
    void theFirstContainerIsTheReference() {
        assertEquals("docker", reference(null, "libvirt", "process", "docker"));
        assertEquals("libvirt", reference(null, "libvirt", "process"));
        assertEquals("process", reference("process", "libvirt", "process", "docker"));
    }

    @Test
    void aReferenceThatDoesNotRunIsReplaced() {
        Plan plan = planner.plan(
                        scenario("text", null, null, "libvirt", null, "process", "docker", "libvirt"),
                        new Planner.Overrides(null, null, null, null, List.of("process", "docker")))
                .plan();

        assertEquals("docker", plan.reference());
    }

    @Test
    void aControlNeedsSomethingToBeComparedWith() {
        assertFalse(planner.plan(scenario("text", null, null, null, null, "docker"), NONE)
                .plan()
                .control());
        assertEquals(
                "docker (A/A)",
                planner.plan(scenario("text", null, null, null, null, "docker", "process"), NONE)
                        .plan()
                        .controlName());
    }

    @Test
    void theSeedBelongsToTheText() {
        long seed = seed("one text");

        assertEquals(seed, seed("one text"));
        assertNotEquals(seed, seed("another text"));
        assertTrue(seed >= 0 && seed <= Integer.MAX_VALUE, "short enough to be typed: " + seed);
    }

    @Test
    void warnsOfTooFewBlocks() {
        Planner.Planned planned = planner.plan(
                scenario("text", null, null, null, null, "docker"),
                new Planner.Overrides(9, null, null, null, List.of()));

        assertEquals(1, planned.warnings().size());
        assertTrue(
                planned.warnings().get(0).startsWith("only 9 blocks"),
                planned.warnings().toString());
    }

    @Test
    void refusesATargetThatIsNotThereAndNamesThoseThatAre() {
        IllegalArgumentException refused = assertThrows(
                IllegalArgumentException.class,
                () -> planner.plan(
                        scenario("text", null, null, null, null, "docker", "process"),
                        new Planner.Overrides(null, null, null, null, List.of("dokcer"))));

        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("dokcer") && message.contains("docker, process"), message);
    }

    @Test
    void aGateRunsEveryTargetBesideItsBaseline() {
        Planner.Planned planned = planner.gate(gate(NAMED, "process", "docker"), NONE, Baseline.none());

        Plan plan = planned.plan();
        assertEquals(
                List.of("docker", "docker (baseline)"),
                plan.targets().stream().map(TargetDefinition::name).toList());
        assertEquals(Map.of("runtime", "crun"), plan.targets().get(1).options());
        assertEquals(Map.of("runtime", ""), plan.targets().get(0).options());
        assertEquals("docker.baseline", plan.targets().get(1).plainName());
        assertEquals("docker (baseline)", plan.reference());
        assertEquals("docker (baseline) (A/A)", plan.controlName());
        assertEquals(2, plan.schedule().sessions());
        assertEquals(Map.of("docker", "docker (baseline)"), plan.gate().baselines());
        assertEquals(
                List.of("target process is left out of the gate: it has no runtime"),
                plan.gate().notes());
        assertEquals("runtime crun", plan.gate().baseline());
        assertFalse(plan.runsBaselineImage("docker (baseline)"));
        assertEquals(
                Set.of("docker", "docker (baseline)", "docker (baseline) (A/A)"),
                Set.copyOf(BlockOrder.order(plan, 1, 0)));
    }

    @Test
    void theCommandLinesBaselineReplacesTheScenarios() {
        Baseline image = new Baseline(new ImageSource.Oci("old"), Map.of());

        Plan plan = planner.gate(gate(NAMED, "process", "docker"), NONE, image).plan();

        assertEquals(4, plan.targets().size());
        assertEquals(new ImageSource.Oci("old"), plan.gate().image());
        assertTrue(plan.runsBaselineImage("process (baseline)"));
        assertFalse(plan.runsBaselineImage("process"));
        assertEquals("image old", plan.gate().baseline());
        assertEquals(List.of(), plan.gate().notes());
    }

    @Test
    void aGateAgainstTheSameIsSaidToBeOne() {
        Baseline same = new Baseline(new ImageSource.Oci("image"), Map.of());

        Plan plan = planner.gate(gate(NAMED, "docker"), NONE, same).plan();

        assertNull(plan.gate().image());
        assertTrue(
                plan.gate().notes().get(0).contains("A/A gate"),
                plan.gate().notes().toString());
    }

    @Test
    void aGateThatCannotJudgeIsRefused() {
        assertTrue(
                refused(gate(GateSpec.none(), "docker"), NONE).startsWith("a gate needs a baseline: give --baseline"));
        assertTrue(refused(gate(NAMED, "docker"), new Planner.Overrides(null, null, 1, null, List.of()))
                .startsWith("--sessions 1: a gate takes at least 2 sessions"));
        assertEquals(
                "--baseline: no target has the option 'runtime'; process has none",
                refused(
                        gate(NAMED, "docker", "process"),
                        new Planner.Overrides(null, null, null, null, List.of("process"))));
    }

    private String refused(ScenarioSpec spec, Planner.Overrides overrides) {
        return String.valueOf(
                assertThrows(IllegalArgumentException.class, () -> planner.gate(spec, overrides, Baseline.none()))
                        .getMessage());
    }

    private static ScenarioSpec gate(GateSpec gate, String... engines) {
        ScenarioSpec plain = scenario("text", null, null, null, null, engines);
        return new ScenarioSpec(
                plain.file(),
                plain.text(),
                plain.name(),
                plain.description(),
                plain.measure(),
                plain.settings(),
                plain.workload(),
                plain.limits(),
                plain.targets().stream()
                        .map(target -> target.driver().equals("docker")
                                ? new TargetDefinition("docker", "docker", Map.of("runtime", ""))
                                : target)
                        .toList(),
                plain.schedule(),
                plain.reference(),
                plain.control(),
                gate,
                plain.claims());
    }

    private String reference(String wanted, String... targets) {
        return planner.plan(scenario("text", null, null, wanted, null, targets), NONE)
                .plan()
                .reference();
    }

    private long seed(String text) {
        return planner.plan(scenario(text, null, null, null, null, "docker"), NONE)
                .plan()
                .schedule()
                .seed();
    }

    private static ScenarioSpec scenario(
            String text, Integer blocks, Long seed, String reference, Boolean control, String... engines) {
        return new ScenarioSpec(
                Path.of("/scenario.yaml"),
                text,
                "name",
                "",
                "startup",
                new StartupSettings(),
                new Workload(
                        new ImageSource.Oci("image"),
                        ConfigOverrides.none(),
                        new Readiness.Exit(0, Duration.ofSeconds(1))),
                new Limits(1, 1),
                Arrays.stream(engines)
                        .map(engine -> new TargetDefinition(engine, engine, Map.of()))
                        .toList(),
                new ScheduleSpec(blocks, null, null, seed, null),
                reference,
                control,
                null,
                List.of());
    }

    /** Knows a driver's key and kind; opens nothing. */
    private record KindOnly(String key, TargetKind kind) implements TargetDriver {
        @Override
        public List<OptionSpec> options() {
            return List.of();
        }

        @Override
        public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab) {
            throw new UnsupportedOperationException();
        }
    }
}
