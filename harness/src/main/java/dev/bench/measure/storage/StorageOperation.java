package dev.bench.measure.storage;

import dev.bench.host.PageCache;
import dev.bench.image.TreeManifest;
import dev.bench.load.LatencyLog;
import dev.bench.result.FailureKind;
import dev.bench.result.Phase;
import dev.bench.result.PhaseName;
import dev.bench.result.Quantile;
import dev.bench.session.Operation;
import dev.bench.session.Trial;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes a place, launches one instance that does every job there, and reads what was found. Used by one thread, except {@link
 * #cancel}.
 */
final class StorageOperation implements Operation {
    private final Trial trial;
    private final StorageSettings settings;
    private final TreeManifest.@Nullable SizedFile large;
    private final LatencyLog latencies;
    private final Consumer<StorageRecord> sink;
    private final @Nullable Consumer<PersistenceRecord> persistence;
    private final boolean warmup;
    private final PhaseRecorder phases = new PhaseRecorder();
    private final Map<String, Double> values = new LinkedHashMap<>();
    private final Execution execution = new Execution();
    private @Nullable Place place;

    /**
     * Prepares a trial; nothing happens yet.
     *
     * @param large the file of the image that is written to first, or null where no job asks for it
     * @param persistence takes what is kept in the place, or null where that is not looked for
     */
    StorageOperation(
            Trial trial,
            StorageSettings settings,
            TreeManifest.@Nullable SizedFile large,
            LatencyLog latencies,
            Consumer<StorageRecord> sink,
            @Nullable Consumer<PersistenceRecord> persistence,
            boolean warmup) {
        this.trial = trial;
        this.settings = settings;
        this.large = large;
        this.latencies = latencies;
        this.sink = sink;
        this.persistence = persistence;
        this.warmup = warmup;
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
    public void start() throws LaunchException {
        Target target = trial.target();
        Place made = target.place(new PlaceRequest(trial.names().get(), settings.placeBytes(), settings.fresh()))
                .orElseThrow(() -> new IllegalStateException(trial.label() + " has no place for data"));
        place = made;
        HostPages pages = new HostPages(made);
        Conversation conversation = new Conversation(pages::drop);
        boolean paused = settings.dropped() && (target.kind().hasOwnKernel() || settings.fresh());
        List<String> argv = JobScript.argv(settings, paused, made.isRoot() ? large : null);
        Instant begin = Instant.now();
        Target launcher = made.target(argv);
        LaunchRequest request = Execution.request(trial, conversation);
        phases.mark(PhaseName.REQUEST);
        Instance.Exit exit = execution
                .follow(() -> Optional.of(launcher.launch(request, phases)), conversation)
                .orElseThrow();
        try {
            conversation.requireSuccess();
        } catch (LaunchException e) {
            // What the programs said beside their first fault.
            execution.instance().collectLog();
            throw e;
        }
        execution.requireSuccess(exit, conversation.isDone());
        pages.requireSuccess();
        keep(made, conversation.found(), begin, Instant.now());
        if (persistence != null) {
            remove();
            new Persistence(trial, execution, settings.fresh()).see().forEach(persistence);
        }
    }

    /** Drops pages of the host's while an instance waits for it. */
    private static final class HostPages {
        private final Place place;
        private volatile String failure = "";

        HostPages(Place place) {
            this.place = place;
        }

        void drop() {
            long begin = System.nanoTime();
            try {
                PageCache.drop(place.below());
            } catch (IOException e) {
                failure = "cannot drop the host's pages of the place: " + e.getMessage();
            }
            long millis = (System.nanoTime() - begin) / 1_000_000;
            if (millis > JobScript.PAUSE_MILLIS) {
                failure = "dropping the host's pages of the place took " + millis
                        + " ms, longer than the instance waited";
            }
        }

        void requireSuccess() throws LaunchException {
            if (!failure.isEmpty()) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        failure + ". Give storage.page_cache: keep, or measure on a quieter host",
                        null);
            }
        }
    }

    private void keep(Place made, Map<String, String> found, Instant begin, Instant end) throws LaunchException {
        Map<String, FioJob> jobs = new LinkedHashMap<>();
        List<StorageRecord.Job> records = new ArrayList<>();
        for (Map.Entry<String, String> text : found.entrySet()) {
            String name = text.getKey();
            String tag = trial.session() + "." + trial.block() + "." + trial.label() + "." + name;
            try {
                switch (Program.of(name)) {
                    case FIO -> {
                        FioJob job = FioJob.parse(text.getValue());
                        jobs.put(name, job);
                        FioJob.Latency latency = job.sync().counts().isEmpty() ? job.latency() : job.sync();
                        records.add(new StorageRecord.Job(
                                name,
                                job.operations(),
                                job.bytes(),
                                job.millis(),
                                latencies.add(latency.counts(), tag, begin, end)));
                    }
                    case POSTGRES -> {
                        ClientRun run = ClientRun.ofPgbench(text.getValue());
                        records.add(record(name, run, latencies.add(run.counts(), tag, begin, end)));
                    }
                    case REDIS -> {
                        ClientRun run = ClientRun.ofRedis(text.getValue(), settings.requests());
                        records.add(record(name, run, run.quantiles()));
                    }
                }
            } catch (IOException | NumberFormatException e) {
                throw new LaunchException(
                        FailureKind.EXITED, "cannot read what was found by " + name + ": " + e.getMessage(), e);
            }
        }
        values.putAll(StorageValues.of(jobs, records));
        sink.accept(new StorageRecord(trial.session(), trial.block(), trial.label(), warmup, made.describe(), records));
    }

    private static StorageRecord.Job record(String name, ClientRun run, List<Quantile> latency) {
        return new StorageRecord.Job(name, run.operations(), 0, run.millis(), latency);
    }

    @Override
    public void cancel() {
        execution.cancel();
    }

    @Override
    public void remove() {
        execution.remove();
        if (place != null) {
            place.close();
            place = null;
        }
    }

    @Override
    public Map<String, Double> values() {
        return values;
    }

    @Override
    public List<Phase> phases() {
        return phases.phases();
    }
}
