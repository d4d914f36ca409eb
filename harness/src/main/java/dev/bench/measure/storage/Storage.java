package dev.bench.measure.storage;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.image.ExecutableLookup;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.image.TreePaths;
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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Measures what data costs where instances keep it. */
public final class Storage implements Measure {
    /** What a place needs beside the file: small files, and what a file system keeps for itself. */
    private static final long HEADROOM_BYTES = 512L << 20;

    /** What it takes to make a cluster, fill it, and end its server. */
    private static final double POSTGRES_SECONDS = 3;

    /** What it takes to start a Redis, and to end it. */
    private static final double REDIS_SECONDS = 0.5;

    /** Requests a second, on a disk of middling speed. */
    private static final double REDIS_RATE = 1000;

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

    /** Jobs are chosen, and the headline is of the first of them. */
    @Override
    public boolean isHeadlineOptional() {
        return true;
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
        return Optional.of(workload(List.of(Program.FIO)));
    }

    @Override
    public Optional<Workload> workload(MeasureSettings settings) {
        return Optional.of(workload(((StorageSettings) settings).programs()));
    }

    /** Images are of the suite that the shipped scenarios take too. */
    private static Workload workload(List<Program> programs) {
        return new Workload(
                new ImageSource.Debian(
                        "bookworm",
                        programs.stream().map(Program::debianPackage).toList(),
                        null),
                ConfigOverrides.none(),
                new Readiness.Exit(0, Execution.DEADLINE));
    }

    @Override
    public Optional<String> unfit(Plan plan, HostView host) {
        StorageSettings settings = (StorageSettings) plan.settings();
        if (settings.fresh() && !host.notFresh().isEmpty()) {
            return Optional.of("storage.fresh cannot be had for " + String.join("; ", host.notFresh())
                    + ", or leave storage.fresh out");
        }
        long bytes = settings.placeBytes();
        String what = (bytes == settings.bytes() ? "a file of " : "a file and databases of ") + (bytes >> 20) + " MiB";
        if (bytes > host.placeBytes()) {
            return Optional.of(what + (bytes == settings.bytes() ? " does" : " do")
                    + " not fit into every place: the smallest holds "
                    + (host.placeBytes() >> 20)
                    + " MiB; give less storage.size, more limits.memory for a place in memory, or another place");
        }
        long needed = bytes + HEADROOM_BYTES;
        return host.freeBytes() >= needed
                ? Optional.empty()
                : Optional.of(what + (bytes == settings.bytes() ? " needs " : " need ")
                        + (needed >> 20) + " MiB where instances are kept, which has " + (host.freeBytes() >> 20)
                        + " MiB free; give less storage.size, free space there, or name another directory with"
                        + " --cache");
    }

    @Override
    public boolean wantsFreshPlaces(MeasureSettings settings) {
        return ((StorageSettings) settings).fresh();
    }

    @Override
    public Optional<String> unfit(Plan plan, PreparedImage image) {
        List<String> executables = new ArrayList<>();
        ((StorageSettings) plan.settings()).programs().forEach(program -> executables.addAll(program.executables()));
        executables.add("sh");
        try {
            String path = String.join(":", searched(image.tree()));
            for (String executable : executables) {
                if (ExecutableLookup.find(image.tree(), executable, path, "/") == null) {
                    return Optional.of("it has no " + executable + ", which measure: storage starts (searched in "
                            + path + "); add the package that has it, or leave workload out");
                }
            }
        } catch (IOException e) {
            return Optional.of("its files cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    /** Returns where programs are looked for. */
    private static List<String> searched(Path tree) throws IOException {
        List<String> path = new ArrayList<>(List.of(RuntimeEnvironment.DEFAULT_PATH));
        Path versions = TreePaths.resolve(tree, DatabaseScript.POSTGRES_VERSIONS);
        if (versions != null && Files.isDirectory(versions)) {
            try (Stream<Path> found = Files.list(versions)) {
                found.forEach(
                        version -> path.add(DatabaseScript.POSTGRES_VERSIONS + "/" + version.getFileName() + "/bin"));
            }
        }
        return path;
    }

    @Override
    public List<PlanLine> describe(MeasureSettings settings, HostView host) {
        StorageSettings asked = (StorageSettings) settings;
        List<PlanLine> lines = new ArrayList<>(List.of(
                new PlanLine("jobs", asked.jobs().stream().map(StorageJob::word).collect(Collectors.joining(", "))),
                new PlanLine(
                        "file",
                        (asked.bytes() >> 20) + " MiB, page caches "
                                + (asked.dropped() ? "dropped before it is read" : "kept")
                                + (asked.fresh() ? ", on a file system made for each trial" : ""))));
        List<String> databases = new ArrayList<>();
        if (asked.asksFor(StorageJob.POSTGRES)) {
            databases.add("PostgreSQL as initdb sets it up (fsync on), pgbench for "
                    + DatabaseScript.seconds(asked.runtime()) + " s");
        }
        if (asked.asksFor(StorageJob.REDIS)) {
            databases.add("Redis with appendfsync always, " + asked.requests() + " SETs");
        }
        if (!databases.isEmpty()) {
            lines.add(new PlanLine("databases", String.join("; ", databases)));
        }
        return lines;
    }

    @Override
    public double trialSeconds(MeasureSettings settings, TypicalStart start, int processors) {
        StorageSettings asked = (StorageSettings) settings;
        double lasting = asked.jobs().stream()
                        .filter(job -> job == StorageJob.SYNC_WRITE || job == StorageJob.RANDOM_READ)
                        .count()
                * (asked.runtime().toMillis() / 1e3);
        double slowness = Math.max(1, start.startSeconds());
        long ofFio = asked.jobs().stream()
                .filter(job -> job.program() == Program.FIO)
                .count();
        double databases = 0;
        if (asked.asksFor(StorageJob.POSTGRES)) {
            databases += DatabaseScript.seconds(asked.runtime()) + POSTGRES_SECONDS * slowness;
        }
        if (asked.asksFor(StorageJob.REDIS)) {
            databases += asked.requests() / REDIS_RATE + REDIS_SECONDS * slowness;
        }
        return start.startSeconds() + start.removalSeconds() + lasting + ofFio * JOB_SECONDS * slowness + databases;
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
