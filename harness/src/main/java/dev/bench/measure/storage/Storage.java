package dev.bench.measure.storage;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.image.ExecutableLookup;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.measure.HostView;
import dev.bench.measure.Measure;
import dev.bench.measure.PlanLine;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.plan.Plan;
import dev.bench.result.DetailFile;
import dev.bench.result.Metric;
import dev.bench.session.Procedure;
import dev.bench.session.SessionOrder;
import dev.bench.target.Faculty;
import dev.bench.target.TypicalStart;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import dev.bench.workload.Workload;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Measures what data costs where instances keep it. */
public final class Storage implements Measure {
    /** Images are of the suite that the shipped scenarios take too. */
    private static final Workload FIO = new Workload(
            new ImageSource.Debian("bookworm", List.of("fio"), null),
            ConfigOverrides.none(),
            new Readiness.Exit(0, Execution.DEADLINE));

    /** What a place needs beside the file: small files, and what a file system keeps for itself. */
    private static final long HEADROOM_BYTES = 512L << 20;

    /** Three of five jobs last as long as they are told to; the others, and the start of fio, take about this. */
    private static final double JOB_SECONDS = 0.8;

    @Override
    public String id() {
        return StorageKeys.ID;
    }

    @Override
    public List<Metric> metrics() {
        return StorageMetrics.ALL;
    }

    @Override
    public Optional<Key<YamlMap>> key() {
        return Optional.of(StorageKeys.STORAGE);
    }

    @Override
    public Class<StorageSettings> settingsType() {
        return StorageSettings.class;
    }

    @Override
    public StorageSettings read(YamlMap settings, ScenarioView scenario) {
        return StorageKeys.read(settings);
    }

    @Override
    public Optional<Faculty> faculty() {
        return Optional.of(Faculty.STORE);
    }

    @Override
    public Optional<Workload> workload() {
        return Optional.of(FIO);
    }

    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        long bytes = ((StorageSettings) plan.settings()).bytes();
        if (bytes > host.placeBytes()) {
            return Optional.of("a file of " + (bytes >> 20) + " MiB does not fit into every place: the smallest holds "
                    + (host.placeBytes() >> 20)
                    + " MiB; give less storage.size, more limits.memory for a place in memory, or another place");
        }
        long needed = bytes + HEADROOM_BYTES;
        return host.freeBytes() >= needed
                ? Optional.empty()
                : Optional.of("a file of " + (needed - HEADROOM_BYTES >> 20) + " MiB needs "
                        + (needed >> 20) + " MiB where instances are kept, which has " + (host.freeBytes() >> 20)
                        + " MiB free; give less storage.size, free space there, or name another directory with"
                        + " --cache");
    }

    @Override
    public Optional<String> unfit(Plan plan, PreparedImage image) {
        for (String program : List.of("fio", "sh")) {
            try {
                if (ExecutableLookup.find(image.tree(), program, RuntimeEnvironment.DEFAULT_PATH, "/") == null) {
                    return Optional.of("it has no " + program + ", which measure: storage starts (searched in "
                            + RuntimeEnvironment.DEFAULT_PATH
                            + "); add the package that has it, or leave workload out");
                }
            } catch (IOException e) {
                return Optional.of("its files cannot be read: " + e.getMessage());
            }
        }
        return Optional.empty();
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        StorageSettings asked = (StorageSettings) settings;
        return List.of(
                new PlanLine("jobs", asked.jobs().stream().map(StorageJob::word).collect(Collectors.joining(", "))),
                new PlanLine(
                        "file",
                        (asked.bytes() >> 20) + " MiB, page caches "
                                + (asked.dropped() ? "dropped before it is read" : "kept")));
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        StorageSettings asked = (StorageSettings) settings;
        double lasting = asked.jobs().stream()
                        .filter(job -> job == StorageJob.SYNC_WRITE || job == StorageJob.RANDOM_READ)
                        .count()
                * (asked.runtime().toMillis() / 1e3);
        double slowness = Math.max(1, start.startSeconds());
        return start.startSeconds()
                + start.removalSeconds()
                + lasting
                + asked.jobs().size() * JOB_SECONDS * slowness;
    }

    @Override
    public Procedure procedure(SessionOrder order) {
        return new StorageProcedure(order, (StorageSettings) order.plan().settings());
    }

    @Override
    public List<DetailFile<?>> details() {
        return List.of(StorageRecord.FILE, PersistenceRecord.FILE);
    }
}
