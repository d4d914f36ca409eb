package dev.bench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.TargetKind;
import dev.bench.scenario.Defaults;
import dev.bench.scenario.ScenarioSpec;
import dev.bench.target.LabView;
import dev.bench.target.OptionSpec;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Measurement;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class PlannerTest {
    private static final Planner.Overrides NONE = new Planner.Overrides(null, null, null, List.of());

    private final Planner planner = new Planner(List.of(
            new KindOnly("process", TargetKind.PROCESS),
            new KindOnly("docker", TargetKind.CONTAINER),
            new KindOnly("libvirt", TargetKind.VM)));

    @Test
    void fillsInWhatTheScenarioLeavesOut() {
        Planner.Planned planned = planner.plan(scenario("text", null, null, null, null, "process", "docker"), NONE);

        Plan plan = planned.plan();
        assertEquals(Defaults.BLOCKS, plan.blocks());
        assertEquals(Defaults.WARMUP_BLOCKS, plan.warmupBlocks());
        assertEquals(Defaults.SESSIONS, plan.sessions());
        assertEquals(Duration.ZERO, plan.pause());
        assertEquals(List.of(), planned.warnings());
    }

    @Test
    void keepsWhatTheScenarioSays() {
        Plan plan = planner.plan(scenario("text", 30, 11L, "libvirt", false, "docker", "libvirt"), NONE)
                .plan();

        assertEquals(30, plan.blocks());
        assertEquals(11, plan.seed());
        assertEquals("libvirt", plan.reference());
        assertFalse(plan.control());
        assertNull(plan.controlName());
    }

    @Test
    void theCommandLineComesFirst() {
        Plan plan = planner.plan(
                        scenario("text", 30, 11L, null, null, "process", "docker", "libvirt"),
                        new Planner.Overrides(12, 3, 99L, List.of("libvirt", "process")))
                .plan();

        assertEquals(12, plan.blocks());
        assertEquals(3, plan.sessions());
        assertEquals(99, plan.seed());
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
                        new Planner.Overrides(null, null, null, List.of("process", "docker")))
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
                scenario("text", null, null, null, null, "docker"), new Planner.Overrides(9, null, null, List.of()));

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
                        new Planner.Overrides(null, null, null, List.of("dokcer"))));

        String message = String.valueOf(refused.getMessage());
        assertTrue(message.contains("dokcer") && message.contains("docker, process"), message);
    }

    private String reference(String wanted, String... targets) {
        return planner.plan(scenario("text", null, null, wanted, null, targets), NONE)
                .plan()
                .reference();
    }

    private long seed(String text) {
        return planner.plan(scenario(text, null, null, null, null, "docker"), NONE)
                .plan()
                .seed();
    }

    private static ScenarioSpec scenario(
            String text, Integer blocks, Long seed, String reference, Boolean control, String... engines) {
        return new ScenarioSpec(
                Path.of("/scenario.yaml"),
                text,
                "name",
                "",
                new Measurement.Startup(),
                new ImageSource.Oci("image"),
                null,
                List.of(),
                null,
                null,
                null,
                new Readiness.Exit(0, Duration.ofSeconds(1)),
                new Limits(1, 1),
                Arrays.stream(engines)
                        .map(engine -> new TargetDefinition(engine, engine, Map.of()))
                        .toList(),
                blocks,
                null,
                null,
                seed,
                reference,
                control,
                null,
                null);
    }

    /** Is known by its engine and kind; opens nothing. */
    private record KindOnly(String engine, TargetKind kind) implements TargetDriver {
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
