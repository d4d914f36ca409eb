package dev.bench.measure.scaleout;

import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Launches instances that end at once, as the test says for each; counts what runs. Safe for several threads. */
final class ScriptedTarget implements Target {
    final AtomicInteger reserved = new AtomicInteger();
    final AtomicInteger running = new AtomicInteger();
    final AtomicInteger mostRunning = new AtomicInteger();
    final List<InetAddress> addresses = new CopyOnWriteArrayList<>();
    private final AtomicInteger launches = new AtomicInteger();
    private final Script script;

    /** Says how a launch comes out. */
    @FunctionalInterface
    interface Script {
        /** Returns the status that the launch of this number, from 1, ends with. */
        int launch(int number) throws LaunchException, InterruptedException;
    }

    ScriptedTarget(Script script) {
        this.script = script;
    }

    @Override
    public TargetDefinition definition() {
        return new TargetDefinition("scripted", "scripted", Map.of());
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
        return Map.of();
    }

    @Override
    public boolean announcesExec() {
        return true;
    }

    @Override
    public void reserve(int instances) {
        reserved.set(instances);
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        addresses.add(request.address());
        int status;
        try {
            status = script.launch(launches.incrementAndGet());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException("interrupted", "interrupted", e);
        }
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
        phases.mark(PhaseName.EXEC);
        return new ScriptedInstance(request, new Instance.Exit(status, System.nanoTime()));
    }

    @Override
    public Observation observe(LaunchRequest request) {
        throw new UnsupportedOperationException("nothing is observed");
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
        // Nothing is open.
    }

    private final class ScriptedInstance implements Instance {
        private final LaunchRequest request;
        private final Exit exit;

        ScriptedInstance(LaunchRequest request, Exit exit) {
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
            running.decrementAndGet();
        }
    }
}
