package dev.bench.target;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.result.FailureKind;
import dev.bench.result.Identity;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** Launches instances that run nothing and end as a test says; tells what was done with them. Safe for several threads. */
public final class FakeTarget implements Target {
    /** The option that declares a user. */
    public static final String USER = "user";

    public final TargetDefinition definition;
    public final List<LaunchRequest> launched = new CopyOnWriteArrayList<>();
    public final List<String> running = new CopyOnWriteArrayList<>();
    public final AtomicInteger mostRunning = new AtomicInteger();
    public final AtomicInteger reserved = new AtomicInteger();
    public final AtomicInteger resumed = new AtomicInteger();
    public final List<Boolean> interruptedAtRemoval = new CopyOnWriteArrayList<>();

    /** Number of the launch whose removal fails, from 1; none where it is 0. */
    public int unremoved;

    /** What every instance says at once; empty for nothing. */
    public String words = "";

    public boolean closed;

    private final @Nullable Identity identity;
    private final String manifest;
    private final Behaviour behaviour;
    private final CountDownLatch waiting = new CountDownLatch(1);

    /** Says how a launch comes out. */
    @FunctionalInterface
    public interface Behaviour {
        /**
         * Returns the status the workload ends with at once, or null where it runs on.
         *
         * @param number number of this launch on this target, from 1
         */
        @Nullable
        Integer launch(int number) throws LaunchException, InterruptedException;
    }

    /** Creates a target whose instances are never observed. */
    public FakeTarget(Behaviour behaviour) {
        this(new TargetDefinition("fake", Driver.KEY, Map.of()), null, "", behaviour);
    }

    public FakeTarget(TargetDefinition definition, @Nullable Identity identity, String manifest, Behaviour behaviour) {
        this.definition = definition;
        this.identity = identity;
        this.manifest = manifest;
        this.behaviour = behaviour;
    }

    /** Opens targets that were made before, by name. */
    public static final class Driver implements TargetDriver {
        public static final String KEY = "fake";

        public final Map<String, FakeTarget> targets = new HashMap<>();

        public FakeTarget add(String name, Identity identity, String manifest, Behaviour behaviour) {
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
    public void awaitWaiting() {
        try {
            waiting.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public Optional<String> declaredUser() {
        return Optional.of(definition.option(USER)).filter(user -> !user.isEmpty());
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
    public void reserve(int instances) {
        reserved.set(instances);
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        launched.add(request);
        Integer status;
        try {
            status = behaviour.launch(launched.indexOf(request) + 1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "interrupted", e);
        }
        running.add(request.name());
        mostRunning.accumulateAndGet(running.size(), Math::max);
        phases.mark(PhaseName.CREATED);
        phases.mark(PhaseName.STARTED);
        phases.mark(PhaseName.EXEC);
        if (!words.isEmpty() && request.output() != null) {
            request.output().accept(new LaunchRequest.Output(System.nanoTime(), words.getBytes(UTF_8)));
        }
        return new FakeInstance(request, status == null ? null : new Instance.Exit(status, System.nanoTime()));
    }

    @Override
    public Optional<KeptState> keep(Instance instance) {
        return Optional.of(new PausedInstance(instance, () -> resumed.incrementAndGet()));
    }

    @Override
    public Observation observe(LaunchRequest request) {
        if (identity == null) {
            throw new UnsupportedOperationException("nothing is observed here");
        }
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
        private final @Nullable Exit exit;

        FakeInstance(LaunchRequest request, @Nullable Exit exit) {
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
        public @Nullable Exit exit() {
            if (exit == null) {
                waiting.countDown();
            }
            return exit;
        }

        @Override
        public @Nullable Exit stop(Duration grace) {
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
            running.remove(request.name());
            interruptedAtRemoval.add(Thread.currentThread().isInterrupted());
            if (interruptedAtRemoval.size() == unremoved) {
                throw new RemovalException(request.name() + " is not removed", null);
            }
        }
    }
}
