package dev.bench.jmh;

import dev.bench.session.Operation;
import dev.bench.target.LaunchException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/**
 * Times one launch of one target, from just before the first engine call to the first correct response.
 *
 * <p>Run by {@link JmhLaunchDriver} inside the measuring JVM: one launch per JMH run, so that the driver can interleave
 * the targets, which JMH's own loop over parameters cannot. The driver prepares and removes too: JMH keeps a state
 * object, skips its tear-down and does not set it up again after a benchmark that threw.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
public class LaunchBenchmark {
    /** The name of the target; set for every run. */
    @Param("none")
    public String target = "none";

    /** Launches and waits until ready; throws where it fails, so that no failure becomes a sample. */
    @Benchmark
    public Object launch() throws LaunchException {
        Operation operation = CurrentOperation.get();
        operation.start();
        return operation;
    }
}
