package dev.bench.engine;

import dev.bench.result.Identity;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.OptionSpec;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RemovalException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;

/** Launches nothing, and comes out as the test says; counts what is opened, launched and removed. */
final class FakeTarget implements Target {
    final TargetDefinition definition;
    final Identity identity;
    final String manifest;
    final List<LaunchRequest> launched = new ArrayList<>();
    final List<Boolean> interruptedAtRemoval = new ArrayList<>();
    final Behaviour behaviour;
    /** Number of the launch whose removal fails, from 1; none where it is 0. */
    int unremoved;

    boolean closed;

    private final CountDownLatch waiting = new CountDownLatch(1);

    /** Says how a launch comes out. */
    @FunctionalInterface
    interface Behaviour {
        /**
         * Returns the status the workload ends with at once, or null where it runs on.
         *
         * @param number number of this launch on this target, from 1
         */
        Integer launch(int number) throws LaunchException;
    }

    FakeTarget(TargetDefinition definition, Identity identity, String manifest, Behaviour behaviour) {
        this.definition = definition;
        this.identity = identity;
        this.manifest = manifest;
        this.behaviour = behaviour;
    }

    /** Opens targets that were made before, by name. */
    static final class Driver implements TargetDriver {
        static final String KEY = "fake";

        final Map<String, FakeTarget> targets = new HashMap<>();

        FakeTarget add(String name, Identity identity, String manifest, Behaviour behaviour) {
            FakeTarget target =
                    new FakeTarget(new TargetDefinition(name, KEY, Map.of()), identity, manifest, behaviour);
            targets.put(name, target);
            return target;
        }

        @Override
        public String key() {
            return KEY;
        }

        @Override
        public TargetKind kind() {
            return TargetKind.CONTAINER;
        }

        @Override
        public List<OptionSpec> options() {
            return List.of();
        }

        @Override
        public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab) {
            return targets.get(definition.name());
        }
    }

    /** Waits until somebody waits for an instance that does not end. */
    void awaitWaiting() {
        try {
            waiting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public TargetDefinition definition() {
        return definition;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CONTAINER;
    }

    @Override
    public boolean emulated() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of("runtime", "none");
    }

    @Override
    public boolean announcesExec() {
        return true;
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        launched.add(request);
        Integer status = behaviour.launch(launched.size());
        phases.mark(PhaseName.CREATED);
        phases.mark(PhaseName.STARTED);
        phases.mark(PhaseName.EXEC);
        return new FakeInstance(request, status == null ? null : new Instance.Exit(status, System.nanoTime()));
    }

    @Override
    public Observation observe(LaunchRequest request) {
        return new Observation(identity, () -> manifest);
    }

    @Override
    public void accountMemory() {}

    @Override
    public List<Long> daemons() {
        return List.of();
    }

    @Override
    public long imageBytes() {
        return 0;
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class FakeInstance implements Instance {
        private final LaunchRequest request;
        private final Exit exit;

        FakeInstance(LaunchRequest request, Exit exit) {
            this.request = request;
            this.exit = exit;
        }

        @Override
        public String name() {
            return request.name();
        }

        @Override
        public InetAddress address() {
            return request.address();
        }

        @Override
        public Exit exit() {
            if (exit == null) {
                waiting.countDown();
            }
            return exit;
        }

        @Override
        public Exit stop(Duration grace) {
            return exit;
        }

        @Override
        public Footprint footprint() {
            return new Footprint(List.of(request.name()), List.of(), List.of(), 0);
        }

        @Override
        public Map<String, Long> insideBytes() {
            return Map.of();
        }

        @Override
        public String collectLog() {
            String words = "last words of " + request.name();
            try {
                Files.writeString(request.log(), words);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return words;
        }

        @Override
        public void close() {
            interruptedAtRemoval.add(Thread.currentThread().isInterrupted());
            if (interruptedAtRemoval.size() == unremoved) {
                throw new RemovalException(request.name() + " is not removed", null);
            }
        }
    }
}
