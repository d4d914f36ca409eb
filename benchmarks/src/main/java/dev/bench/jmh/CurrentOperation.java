package dev.bench.jmh;

import dev.bench.session.Operation;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Hands the operation from the driver to the benchmark, which JMH instantiates itself in the same JVM. */
final class CurrentOperation {
    private static final AtomicReference<@Nullable Operation> CURRENT = new AtomicReference<>();

    private CurrentOperation() {}

    static void set(@Nullable Operation operation) {
        CURRENT.set(operation);
    }

    static Operation get() {
        Operation operation = CURRENT.get();
        if (operation == null) {
            throw new IllegalStateException("LaunchBenchmark runs under `bench run` only: it needs a prepared target");
        }
        return operation;
    }
}
