package dev.bench.jmh;

import dev.bench.engine.LaunchOperation;
import dev.bench.target.LaunchException;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * Times one launch of one target, from just before the first engine call to the first correct response.
 *
 * <p>Run by {@link JmhLaunchDriver} inside the measuring JVM: one launch per JMH run, so that the driver can interleave
 * the targets, which JMH's own loop over parameters cannot.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LaunchBenchmark {
    /** The name of the target; set for every run. */
    @Param("none")
    public String target = "none";

    private @Nullable LaunchOperation operation;

    /** Fetches the operation to time. */
    @Setup(Level.Trial)
    public void fetch() {
        operation = CurrentOperation.get();
    }

    /** Launches and waits until ready; throws where it fails, so that no failure becomes a sample. */
    @Benchmark
    public Object launch() throws LaunchException {
        LaunchOperation launch = Objects.requireNonNull(operation, "operation is null");
        launch.start();
        return launch;
    }

    /** Removes the instance, outside the score. */
    @TearDown(Level.Trial)
    public void remove() {
        if (operation != null) {
            operation.remove();
        }
    }
}
