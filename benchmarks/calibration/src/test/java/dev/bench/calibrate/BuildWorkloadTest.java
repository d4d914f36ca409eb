package dev.bench.calibrate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bench.docker.DockerDriver;
import dev.bench.libvirt.LibvirtDriver;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioReader;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class BuildWorkloadTest {
    @TempDir
    private Path directory;

    @Test
    void isBuiltInEveryWay() throws Exception {
        List<TargetDriver> drivers = List.of(new DockerDriver(), new LibvirtDriver());
        List<TargetDefinition> targets = new Planner(drivers)
                .plan(new ScenarioReader(drivers).read(BuildWorkload.write(directory)), Planner.Overrides.none())
                .plan()
                .targets();
        assertEquals(
                List.of(BuildWorkload.BUILDKIT, BuildWorkload.CLASSIC, BuildWorkload.MACHINE),
                targets.stream().map(TargetDefinition::name).toList());
        assertEquals(
                List.of("buildkit", "classic", ""),
                targets.stream().map(target -> target.option("builder")).toList());
    }

    @Test
    void aChangeIsNeverOneThatWasMadeBefore() throws Exception {
        BuildWorkload.write(directory);
        Path changed = BuildWorkload.context(directory).resolve("source/0");
        String first = Files.readString(changed);
        BuildWorkload.change(BuildWorkload.context(directory), 1);
        String second = Files.readString(changed);
        BuildWorkload.change(BuildWorkload.context(directory), 2);
        assertNotEquals(first, second);
        assertNotEquals(second, Files.readString(changed));
    }
}
