package dev.bench.jmh;

import dev.bench.result.FailureKind;
import dev.bench.session.LaunchDriver;
import dev.bench.session.Operation;
import dev.bench.target.LaunchException;
import java.util.Collection;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * Executes every launch as one JMH run of one single shot in this JVM.
 *
 * <p>JMH runs all forks of one parameter in a row and cannot interleave, and a fork per launch would time a cold client
 * each time. So the caller owns the order of blocks, this JVM is the fork, and each launch is a run of JMH's own: its
 * stopwatch, its handling of set-up and tear-down, its result types.
 */
public final class JmhLaunchDriver implements LaunchDriver {
    /** Longer than any readiness deadline a scenario may set: the deadline must strike first, with its own message. */
    private static final TimeValue TIMEOUT = TimeValue.hours(2);

    @Override
    public double execute(Operation operation) throws LaunchException {
        CurrentOperation.set(operation);
        try {
            Collection<RunResult> results = new Runner(options(operation.label()), new SilentOutputFormat()).run();
            RunResult result = results.iterator().next();
            return result.getPrimaryResult().getScore();
        } catch (RunnerException e) {
            throw launchFailure(e);
        } finally {
            CurrentOperation.set(null);
            operation.remove();
        }
    }

    private static Options options(String target) {
        return new OptionsBuilder()
                .include("^" + LaunchBenchmark.class.getName().replace(".", "\\.") + "\\.launch$")
                .mode(Mode.SingleShotTime)
                .param("target", target)
                .forks(0)
                .threads(1)
                .warmupIterations(0)
                .measurementIterations(1)
                .measurementBatchSize(1)
                .timeout(TIMEOUT)
                .shouldDoGC(false)
                .shouldFailOnError(true)
                .build();
    }

    private static LaunchException launchFailure(RunnerException e) {
        LaunchException launch = findLaunchException(e);
        return launch != null
                ? launch
                : new LaunchException(FailureKind.ENGINE, "JMH could not run the launch: " + e.getMessage(), e);
    }

    /** JMH wraps what a benchmark throws several times, as cause or as suppressed. */
    private static @Nullable LaunchException findLaunchException(@Nullable Throwable thrown) {
        if (thrown == null || thrown instanceof LaunchException) {
            return (LaunchException) thrown;
        }
        for (Throwable suppressed : thrown.getSuppressed()) {
            LaunchException found = findLaunchException(suppressed);
            if (found != null) {
                return found;
            }
        }
        return findLaunchException(thrown.getCause());
    }
}
