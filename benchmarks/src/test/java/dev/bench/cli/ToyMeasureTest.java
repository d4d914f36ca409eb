package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bench.jvm.MeasuringJvm;
import dev.bench.measure.HostView;
import dev.bench.measure.Measures;
import dev.bench.measure.PlanLine;
import dev.bench.plan.Plan;
import dev.bench.scenario.Estimate;
import dev.bench.scenario.HostFit;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.scenario.ScenarioReader;
import dev.bench.scenario.ScenarioReference;
import dev.bench.scenario.ScenarioSchema;
import dev.bench.target.TargetDriver;
import dev.bench.toy.Toy;
import dev.bench.toy.ToyDriver;
import dev.bench.toy.ToySettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes a measure that no class of the product knows through everything that happens before a run. */
final class ToyMeasureTest {
    private static final List<TargetDriver> DRIVERS = List.of(new ToyDriver());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void itsSettingsAreReadPlannedAndEstimated() throws Exception {
        Plan plan = plan(3);
        HostView host = HostFit.view(plan, DRIVERS, 2L << 20, Long.MAX_VALUE, Set.of());

        assertEquals("toy", plan.measure());
        assertEquals(new ToySettings(3), plan.settings());
        assertEquals(
                List.of(new PlanLine("turns", "3 in a row")), Measures.of(plan).describe(plan.settings(), host));
        // Seven blocks of three turns: twice those of the reference, which take 1 ms, and once those of 40 ms.
        assertEquals(21, Estimate.of(plan, DRIVERS, 2).toSeconds());
        assertEquals(Optional.of("this host has no room to turn. Give fewer toy.turns"), HostFit.problem(plan, host));
        assertEquals(Optional.empty(), HostFit.problem(plan(2), host));
    }

    @Test
    void itsSettingsReachTheMeasuringJvm() throws Exception {
        Plan plan = plan(3);

        assertEquals(plan, MeasuringJvm.JSON.readValue(MeasuringJvm.JSON.writeValueAsString(plan), Plan.class));
    }

    @Test
    void itsKeysAreInTheSchema() throws Exception {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ScenarioSchema.of(DRIVERS));
        String right = Files.readString(Toy.turning(directory, "toy", 3));

        assertEquals(0, faults(schema, right));
        assertEquals(1, faults(schema, right.replace("turns: 3", "turns: 0")));
        assertEquals(1, faults(schema, right.replace("turns: 3", "tricks: 3")));
        assertEquals(1, faults(schema, right.replace("measure: toy", "measure: top")));
    }

    @Test
    void itsKeysAreInTheReference() {
        assertEquals(
                List.of(new ScenarioReference.Entry(
                        "toy.turns", false, "a whole number from 1 to 100", "Launches in a row; default 3.")),
                new ScenarioReference(DRIVERS).find("turns"));
        assertEquals(
                1, new ScenarioReference(DRIVERS).find("thread.milliseconds").size());
    }

    private static int faults(JsonSchema schema, String scenario) throws IOException {
        return schema.validate(new YAMLMapper().readTree(scenario)).size();
    }

    @Test
    void whatIsWrongIsSaidInTheMeasuresWords() throws Exception {
        assertRefused(
                "toy.turns: '0' is not accepted; give a whole number from 1 to 100",
                text -> text.replace("turns: 3", "turns: 0"));
        assertRefused(
                "toy.turn: is not known here; did you mean 'turns'?", text -> text.replace("turns: 3", "turn: 3"));
        assertRefused("toy: goes with measure: toy only", text -> text.replace("measure: toy\n", ""));
        assertRefused(
                "'top' is not measured by this version; give one of",
                text -> text.replace("measure: toy", "measure: top"));
    }

    private void assertRefused(String words, UnaryOperator<String> edit) throws IOException {
        Path scenario = Toy.turning(directory, "toy", 3);
        Files.writeString(scenario, edit.apply(Files.readString(scenario)));

        ScenarioException refused =
                assertThrows(ScenarioException.class, () -> new ScenarioReader(DRIVERS).read(scenario));

        assertTrue(refused.getMessage().contains(words), refused.getMessage());
    }

    private Plan plan(int turns) throws Exception {
        return new Planner(DRIVERS)
                .plan(new ScenarioReader(DRIVERS).read(Toy.turning(directory, "toy", turns)), Planner.Overrides.none())
                .plan();
    }
}
