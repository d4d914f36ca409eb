package dev.bench.probe;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.Objects;

/** Tells readiness by the end of the workload. */
public final class ExitProbe implements Probe {
    private static final Key<Integer> EXIT =
            Key.of("exit", Forms.whole(0, 255), "The end of the workload with this status.");

    @Override
    public Key<Integer> key() {
        return EXIT;
    }

    @Override
    public Class<Readiness.Exit> readinessType() {
        return Readiness.Exit.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
        return new Readiness.Exit(Objects.requireNonNullElse(EXIT.find(ready), 0), within);
    }

    @Override
    public Watch watch(Readiness readiness, Watched instance) {
        return new AwaitingEnd(((Readiness.Exit) readiness).status(), instance);
    }

    /** Watches an instance for its end. */
    private static final class AwaitingEnd implements Watch {
        private static final Duration INTERVAL = Duration.ofNanos(300_000);

        private final int expected;
        private final Watched instance;

        AwaitingEnd(int expected, Watched instance) {
            this.expected = expected;
            this.instance = instance;
        }

        @Override
        public Duration interval() {
            return INTERVAL;
        }

        @Override
        public boolean endsWith(Instance.Exit exit) throws LaunchException {
            if (exit.status() != expected) {
                throw new LaunchException(
                        FailureKind.EXITED,
                        "the workload ended with status " + exit.status() + ", expected " + expected
                                + ". Check workload.command and workload.ready.exit",
                        null);
            }
            instance.phases().mark(PhaseName.READY, exit.nanos());
            return true;
        }

        @Override
        public String missed(String within) {
            return "the workload did not end" + within + ". Check workload.command and workload.ready.timeout";
        }
    }
}
