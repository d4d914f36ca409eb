package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import dev.bench.doctor.Needs;
import dev.bench.host.Capability;
import dev.bench.plan.Plan;
import dev.bench.scenario.Estimate;
import dev.bench.scenario.HostFit;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioReader;
import dev.bench.scenario.ScenarioSchema;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.toy.Toy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Takes a target that no class of the product knows through everything that happens before a run. */
final class ToyTargetTest {
    @TempDir
    private Path directory = Path.of("");

    private final ClassLoader before = Thread.currentThread().getContextClassLoader();
    private List<TargetDriver> drivers = List.of();

    @BeforeEach
    void register() throws Exception {
        Thread.currentThread().setContextClassLoader(Toy.loader());
        drivers = Drivers.all();
    }

    @AfterEach
    void forget() {
        Thread.currentThread().setContextClassLoader(before);
    }

    @Test
    void itIsReadCheckedPlannedAndEstimated() throws Exception {
        Path scenario = Toy.scenario(directory, "toy");
        ObjectMapper json = new ObjectMapper();
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(ScenarioSchema.of(drivers));

        assertEquals(Set.of(), schema.validate(new YAMLMapper().readTree(Files.readString(scenario))));
        String wrong = Files.readString(scenario).replace("milliseconds: 40", "milliseconds: long");
        assertEquals(1, schema.validate(new YAMLMapper().readTree(wrong)).size());
        assertTrue(json.readTree(ScenarioSchema.of(drivers)).toString().contains("\"A thread.\""));

        Plan plan = new Planner(drivers)
                .plan(new ScenarioReader(drivers).read(scenario), Planner.Overrides.none())
                .plan();
        assertEquals(
                List.of(
                        new TargetDefinition("short", "thread", Map.of("milliseconds", "1")),
                        new TargetDefinition("long", "thread", Map.of("milliseconds", "40"))),
                plan.targets());
        assertEquals(
                Optional.empty(),
                HostFit.problem(plan, HostFit.view(plan, drivers, 1L << 30, Long.MAX_VALUE, Set.of())));
        assertEquals(20, Estimate.of(plan, drivers, 2).toSeconds());
        assertEquals(Set.of("image:dockerfile", "thread"), Needs.of(plan, drivers));
        assertEquals(
                List.of("docker", "thread"),
                Drivers.needed(drivers, plan.targets()).stream()
                        .map(TargetDriver::key)
                        .toList());
    }

    @Test
    void theDoctorTellsOfItAfterThoseThatEveryBuildKnows() {
        List<Capability> capabilities = List.of(
                Capability.missing("toy threads", "none", "nothing", "wait").neededBy(Set.of("thread")));

        Map<String, List<String>> fitness = new DoctorReport(Console.system(), drivers).fitness(capabilities);

        assertEquals(List.of("process", "docker", "libvirt", "thread"), List.copyOf(fitness.keySet()));
        assertEquals(List.of("toy threads"), fitness.get("thread"));
        assertEquals(List.of(), fitness.get("docker"));
    }

    @Test
    void itsServiceIsNamedByAnOptionOfItsOwn() {
        Named named = new Named();
        CommandLine line = new CommandLine(named);
        line.parseArgs("--toy-address", "threads of mine", "--libvirt-uri", " ");

        Map<String, String> expected = new HashMap<>(Map.of("toyAddress", "threads of mine"));
        Optional.ofNullable(System.getenv("DOCKER_HOST")).ifPresent(host -> expected.put("dockerHost", host));
        assertEquals(expected, named.lab.endpoints());
        assertTrue(line.getUsageMessage().contains("--toy-address=URI"), line.getUsageMessage());
    }

    @Command(name = "named")
    private static final class Named {
        @Mixin
        private LabArguments lab = new LabArguments();
    }
}
