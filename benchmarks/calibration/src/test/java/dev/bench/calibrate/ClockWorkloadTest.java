package dev.bench.calibrate;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioReader;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import java.net.ConnectException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClockWorkloadTest {
    @TempDir
    private Path directory;

    @Test
    void tellsWhenItStartedAndWhenItCouldBeReached() throws Exception {
        ClockWorkload.write(directory);
        Path program = directory.resolve("image/root/clock");
        long before = System.nanoTime();
        Process process = new ProcessBuilder(program.toString()).start();
        try {
            ClockWorkload.Stamps same = ask(false);
            long after = System.nanoTime();
            assertTrue(before < same.started() && same.started() < same.listening() && same.listening() < after);
            ClockWorkload.Stamps other = ClockWorkload.ask(InetAddress.getLoopbackAddress(), true);
            // The offset it finds is that of a clock to itself.
            assertEquals(same.started(), other.started(), 500_000);
            assertEquals(ClockWorkload.START, process.inputReader().readLine());
        } finally {
            process.destroyForcibly().waitFor();
        }
    }

    @Test
    void itsScenarioIsOneThatCanBeRead() throws Exception {
        List<TargetDriver> drivers = Drivers.all();
        Path scenario = ClockWorkload.write(directory);
        var plan = new Planner(drivers)
                .plan(new ScenarioReader(drivers).read(scenario), Planner.Overrides.none())
                .plan();
        assertEquals(
                new ImageSource.Dockerfile(directory.resolve("image").toAbsolutePath()),
                plan.workload().image());
        assertEquals(3, plan.targets().size());
        assertTrue(Files.isExecutable(directory.resolve("image/root/clock")));
    }

    private static ClockWorkload.Stamps ask(boolean guest) {
        return await().ignoreException(ConnectException.class)
                .until(() -> ClockWorkload.ask(InetAddress.getLoopbackAddress(), guest), Objects::nonNull);
    }
}
