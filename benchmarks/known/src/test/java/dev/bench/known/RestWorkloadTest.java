package dev.bench.known;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import dev.bench.docker.DockerDriver;
import dev.bench.plan.Plan;
import dev.bench.scenario.Baseline;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioReader;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RestWorkloadTest {
    @TempDir
    private Path directory;

    @Test
    void aRestAsLongIsTheSameImageAndALongerOneAnother() throws Exception {
        assertEquals(null, plan(20, 20).gate().image());
        assertNotEquals(plan(20, 100).workload().image(), plan(20, 100).gate().image());
    }

    private Plan plan(long baseline, long judged) throws Exception {
        List<TargetDriver> drivers = List.of(new DockerDriver());
        Path scenario = RestWorkload.write(
                directory,
                Duration.ofMillis(baseline),
                Duration.ofMillis(judged),
                "{container: {docker: {}}}",
                "{blocks: 10}");
        return new Planner(drivers)
                .gate(new ScenarioReader(drivers).read(scenario), Planner.Overrides.none(), Baseline.none())
                .plan();
    }
}
