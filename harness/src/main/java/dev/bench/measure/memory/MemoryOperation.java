package dev.bench.measure.memory;

import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.host.ProcessMemory;
import dev.bench.host.SystemFiles;
import dev.bench.measure.memory.MemoryReading.Value;
import dev.bench.probe.ReadinessProbe;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.session.HttpLoad;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes one ramp: reads the host without an instance, launches them step by step, reads at every step once memory has come
 * to rest, and removes them all.
 */
final class MemoryOperation implements Operation {
    private static final Duration WRITE_BACK_TIMEOUT = Duration.ofSeconds(60);

    private final Trial trial;
    private final boolean warmup;
    private final MemorySettings settings;
    private final Optional<HttpLoad> load;
    private final ImageWeigher weigher;
    private final Consumer<MemoryReading> sink;
    private final Consumer<FillRecord> fills;
    private final SystemFiles files;
    private final HostMemory host;
    private final MemoryReader reader;
    private final Ramp ramp;
    private final boolean asked;
    private final List<MemoryReading> idle = new ArrayList<>();
    private @Nullable MemoryReading loaded;
    private @Nullable ImageWeight image;
    private volatile boolean cancelled;
    private volatile long costBytes;
    private volatile int underWay = 1;
    private int fits;

    /** Weighs what the instances of a target share. */
    @FunctionalInterface
    interface ImageWeigher {
        ImageWeight weigh(Target target) throws LaunchException;
    }

    /**
     * Holds the weight of an image.
     *
     * @param diskBytes on disk, in the form that the substrate takes
     * @param compressedBytes as registries hold it
     */
    record ImageWeight(long diskBytes, long compressedBytes) {}

    MemoryOperation(
            Trial trial,
            boolean warmup,
            MemorySettings settings,
            ReadinessProbe probe,
            Optional<HttpLoad> load,
            SystemFiles files,
            ImageWeigher weigher,
            Consumer<MemoryReading> sink,
            Consumer<FillRecord> fills) {
        this.trial = trial;
        this.warmup = warmup;
        this.settings = settings;
        this.load = load;
        this.weigher = weigher;
        this.sink = sink;
        this.fills = fills;
        this.files = files;
        this.host = new HostMemory(files);
        this.reader = new MemoryReader(files);
        this.asked = probe.asksAgain();
        this.ramp = new Ramp(trial, probe, this::hasRoom);
    }

    @Override
    public String label() {
        return trial.label();
    }

    @Override
    public Path log() {
        return trial.log();
    }

    @Override
    public List<Phase> phases() {
        return List.of();
    }

    @Override
    public void start() throws LaunchException {
        trial.target().accountMemory();
        image = weigher.weigh(trial.target());
        writeBack();
        List<Long> daemons = trial.target().daemons();
        Attribution attribution = new Attribution(daemons);
        read(attribution, daemons, false);
        for (int step : settings.instances()) {
            int before = ramp.instances().size();
            ramp.growTo(step);
            int running = ramp.instances().size();
            if (running == before) {
                break;
            }
            boolean last = running < step || step == settings.most();
            MemoryReading reading = read(attribution, daemons, last);
            costBytes = Math.round(reading.lossSince(idle.get(0)) * (1 << 20) / running);
            if (last) {
                break;
            }
        }
        if (idle.size() < 2) {
            throw new LaunchException(
                    FailureKind.FLOOR,
                    String.format(
                            "no instance was launched: %d MiB are available and the floor is %d MiB. Free memory, or set"
                                    + " memory.floor",
                            host.availableBytes() >> 20, settings.floorOn(host.totalBytes()) >> 20),
                    null);
        }
        if (load.isPresent()) {
            HttpLoad requests = load.get();
            ramp.onEach(instance -> requests.send(instance.address(), () -> cancelled));
            loaded = take(attribution, daemons, true, true);
        }
        if (settings.fill() && !warmup) {
            fill();
        }
    }

    /** Launches as many more as fit; nothing that fails on the way takes the readings back. */
    private void fill() throws LaunchException {
        Filling filling = new Filling(
                ramp,
                new Filling.Room() {
                    @Override
                    public long freeBytes() {
                        return host.availableBytes() - settings.floorOn(host.totalBytes());
                    }

                    @Override
                    public long costBytes() {
                        return Math.max(1, costBytes);
                    }

                    @Override
                    public void atOnce(int launches) {
                        underWay = launches;
                    }

                    @Override
                    public void rest() throws LaunchException {
                        settling().await(() -> cancelled);
                        if (cancelled) {
                            throw new LaunchException(
                                    FailureKind.INTERRUPTED, "the run was interrupted during this ramp", null);
                        }
                    }
                },
                asked,
                settings.slo());
        Filling.Outcome outcome = filling.run();
        fits = outcome.instances();
        fills.accept(new FillRecord(
                trial.session(),
                trial.block(),
                trial.label(),
                outcome.instances(),
                outcome.cause(),
                outcome.reason(),
                (settings.floorOn(host.totalBytes()) >> 20),
                host.availableBytes() >> 20,
                outcome.tried()));
    }

    /** Leaves dirty pages of earlier ramps no time to be written, and freed, during this one. */
    private static void writeBack() throws LaunchException {
        try {
            Commands.run(WRITE_BACK_TIMEOUT, List.of("sync"));
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot write dirty pages back: " + e.getMessage(), e);
        }
    }

    /** Whether one more instance would leave the floor free; the first one is taken to need nothing but a guest's own. */
    private boolean hasRoom() {
        return host.availableBytes() - costBytes * underWay >= settings.floorOn(host.totalBytes());
    }

    private MemoryReading read(Attribution attribution, List<Long> daemons, boolean detailed) throws LaunchException {
        MemoryReading reading = take(attribution, daemons, false, detailed);
        idle.add(reading);
        return reading;
    }

    private MemoryReading take(Attribution attribution, List<Long> daemons, boolean afterLoad, boolean detailed)
            throws LaunchException {
        Settling.Rest rest = settling().await(() -> cancelled);
        if (cancelled) {
            throw new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this ramp", null);
        }
        List<Instance> instances = ramp.instances();
        for (Instance instance : instances) {
            Instance.Exit exit = instance.exit();
            if (exit != null) {
                throw new LaunchException(
                        FailureKind.EXITED,
                        Failure.withLastLine(
                                "instance " + instance.name() + " ended with status " + exit.status()
                                        + " while others were launched beside it",
                                instance.collectLog()),
                        null);
            }
        }
        List<Footprint> footprints = instances.stream().map(Instance::footprint).toList();
        Attribution.Found processes = attribution.processes(footprints);
        Map<String, Double> values = reader.read(footprints, processes, daemons);
        if (detailed) {
            addDetails(values, instances, footprints, processes);
        }
        MemoryReading reading = new MemoryReading(
                trial.session(),
                trial.block(),
                trial.label(),
                warmup,
                instances.size(),
                afterLoad,
                rest.settled(),
                rest.seconds(),
                values);
        sink.accept(reading);
        return reading;
    }

    private Settling settling() {
        boolean base = idle.isEmpty();
        return new Settling(
                base ? Settling.BASE_WINDOW : Settling.STEP_WINDOW,
                base ? Settling.BASE_DEADLINE : Settling.STEP_DEADLINE,
                host::availableBytes,
                System::nanoTime,
                LockSupport::parkNanos);
    }

    /** Adds what is seen from inside guests, and what lies on disk: things that disturb, so only after the last step. */
    private void addDetails(
            Map<String, Double> values,
            List<Instance> instances,
            List<Footprint> footprints,
            Attribution.Found processes)
            throws LaunchException {
        List<Long> monitors = processes.monitors();
        for (int i = 0; i < instances.size(); i++) {
            Footprint footprint = footprints.get(i);
            Map<String, Long> inside = instances.get(i).insideBytes();
            if (inside.isEmpty()) {
                continue;
            }
            long backed = 0;
            for (long pid : monitors) {
                if (Attribution.isNamedBy(footprint, pid)) {
                    backed += ProcessMemory.ofMapping(files, pid, footprint.guestBytes())
                            .orElse(0L);
                }
            }
            MemoryReader.divide(values, inside, footprint.guestBytes(), backed);
        }
        try {
            List<Path> layers = footprints.stream()
                    .flatMap(footprint -> footprint.layers().stream())
                    .toList();
            HostMemory.put(values, Value.DISK_LAYER, FileTrees.allocatedBytes(layers));
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot weigh the writable layers: " + e.getMessage(), e);
        }
    }

    @Override
    public void remove() {
        ramp.close();
    }

    @Override
    public void cancel() {
        cancelled = true;
        ramp.cancel();
    }

    @Override
    public Map<String, Double> values() {
        ImageWeight weight = image;
        if (weight == null) {
            throw new IllegalStateException("the ramp has not been made");
        }
        Map<String, Double> values = new HashMap<>(MemoryValues.of(idle, loaded));
        values.put(MemoryMetrics.IMAGE.id(), weight.diskBytes() / (double) (1 << 20));
        values.put(MemoryMetrics.COMPRESSED.id(), weight.compressedBytes() / (double) (1 << 20));
        if (fits > 0) {
            values.put(MemoryMetrics.FITS.id(), (double) fits);
        }
        return values;
    }
}
