package dev.bench.run;

import dev.bench.analysis.Analysed;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.Gates;
import dev.bench.compare.render.GateFiles;
import dev.bench.host.HostFacts;
import dev.bench.host.SystemFiles;
import dev.bench.image.DockerfileBase;
import dev.bench.image.EngineImages;
import dev.bench.image.ImageException;
import dev.bench.image.ImageStore;
import dev.bench.jmh.JmhExport;
import dev.bench.jvm.SessionProcess;
import dev.bench.lab.Lab;
import dev.bench.lab.LabOptions;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.report.Reports;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.result.Launch;
import dev.bench.result.OutputDirectory;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.Secrets;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.session.SessionReport;
import dev.bench.target.Drivers;
import dev.bench.target.Faculty;
import dev.bench.target.LabException;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes one run: starts the lab, prepares the image, runs the sessions, stores and reports what they measured, and
 * removes the lab whatever happened.
 */
public final class BenchRun {
    private final RunRequest request;
    private final SessionListener listener;
    private final Cancellation cancellation;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.SECONDS);

    /** Prepares a run; nothing happens yet. */
    public BenchRun(RunRequest request, SessionListener listener, Cancellation cancellation) {
        this.request = request;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /**
     * Runs to the end of the plan or to the cancellation.
     *
     * @throws LabException where the lab cannot start
     * @throws ImageException where the image cannot be made
     */
    public RunOutcome run() throws LabException, ImageException {
        long begin = System.nanoTime();
        ResultStore store = createStore();
        listener.stored(store.directory());
        listener.stage("starting the lab");
        RunSessions.Ending ending;
        try (Lab lab = Lab.start(
                labOptions(), Drivers.needed(request.drivers(), request.plan().targets()))) {
            ending = measure(store, lab);
            listener.stage("removing the lab");
        } catch (LabException | ImageException | RuntimeException e) {
            discardUnmeasured(store);
            throw e;
        }
        return outcome(store, ending, begin);
    }

    /**
     * Runs as {@link #run()} does, in a lab that is there already and stays.
     *
     * @throws ImageException where the image cannot be made
     */
    public RunOutcome run(Lab lab) throws ImageException {
        long begin = System.nanoTime();
        ResultStore store = createStore();
        listener.stored(store.directory());
        try {
            return outcome(store, measure(store, lab), begin);
        } catch (ImageException | RuntimeException e) {
            discardUnmeasured(store);
            throw e;
        }
    }

    /** Removes the directory of a run that has measured nothing. */
    private static void discardUnmeasured(ResultStore store) {
        if (!store.launches().isEmpty()) {
            return;
        }
        try {
            store.delete();
        } catch (IOException e) {
            // What ended the run is what is to be told, and the directory says itself that it holds no launch.
        }
    }

    private RunOutcome outcome(ResultStore store, RunSessions.Ending ending, long begin) {
        store.maskLogs();
        Analysed analysed = report(store, ending.result());
        Optional<ComparisonReport> gate =
                analysed == null ? Optional.empty() : Gates.judge(store.directory(), analysed);
        gate.ifPresent(verdict -> GateFiles.write(store, verdict));
        Map<String, Failure> givenUp = new LinkedHashMap<>();
        ending.reports().forEach(session -> givenUp.putAll(session.givenUp()));
        if (analysed == null && ending.failure() == null && givenUp.isEmpty()) {
            discardUnmeasured(store);
        }
        double launchSeconds = ending.reports().stream()
                .mapToDouble(SessionReport::launchSeconds)
                .sum();
        double wallSeconds = (System.nanoTime() - begin) / 1e9;
        return new RunOutcome(
                store.directory(),
                analysed,
                gate.orElse(null),
                givenUp,
                ending.failure(),
                ending.blame(),
                launchSeconds,
                wallSeconds);
    }

    private ResultStore createStore() {
        ResultStore store = ResultStore.create(
                OutputDirectory.ofResult(request.outputRoot(), request.plan().name(), startedAt));
        try {
            // The directory is what people hand on.
            String scenario = Secrets.maskYaml(Files.readString(request.plan().scenarioFile()));
            store.write("scenario.yaml", scenario.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return store;
    }

    private RunSessions.Ending measure(ResultStore store, Lab lab) throws ImageException {
        RunSessions sessions = new RunSessions(request, subject(lab), store, startedAt, listener, cancellation);
        RunSessions.Ending ending = sessions.run(
                lab.view(), new SessionProcess(lab::enter, lab.view().runDirectory())::run);
        if (ending.failure() != null || store.launches().stream().anyMatch(BenchRun::blamesEngine)) {
            lab.logs().forEach((file, log) -> keep(log, store.directory().resolve(file)));
        }
        return ending;
    }

    private Subject subject(Lab lab) throws ImageException {
        Plan plan = request.plan();
        boolean builds = Measures.of(plan).takes(Faculty.BUILD);
        try (EngineImages engine = Drivers.images(request.drivers()).open(lab.view())) {
            ImageStore store = new ImageStore(request.cacheDirectory(), engine);
            ServiceImages services = new ServiceImages(store, plan, request.cacheDirectory(), listener::stage);
            listener.stage(builds ? "preparing the base image" : "preparing the image");
            PreparedImage image = plan.workload().stack() == null
                    ? prepare(store, plan.workload().image(), builds)
                    : services.front();
            PreparedImage baseline = null;
            if (plan.gate() != null && plan.gate().image() != null) {
                listener.stage("preparing the baseline's image");
                baseline = prepare(store, plan.gate().image(), builds);
            }
            prepareTargets();
            return new Subject(
                    image,
                    baseline,
                    services.all(),
                    services.changed(),
                    store.layers(image),
                    HostFacts.collect(
                            Drivers.versions(request.drivers(), SystemFiles.ofHost()), request.cacheDirectory()));
        }
    }

    private void prepareTargets() throws ImageException {
        for (TargetDefinition target : request.plan().targets()) {
            try {
                Drivers.of(request.drivers(), target).prepare(target, request.cacheDirectory(), listener::stage);
            } catch (IOException e) {
                throw new ImageException("target " + target.name() + " cannot be made ready: " + e.getMessage(), e);
            }
        }
    }

    private static boolean blamesEngine(Launch launch) {
        return launch.failure() != null && launch.failure().is(FailureKind.ENGINE);
    }

    private static void keep(Path log, Path kept) {
        try {
            Files.copy(log, kept, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            // What ended the run is what is to be told; a full disk cannot take the log either.
        }
    }

    private LabOptions labOptions() {
        return new LabOptions(
                Lab.newRunId(),
                request.cacheDirectory(),
                request.endpoints(),
                request.plan().targets());
    }

    private PreparedImage prepare(ImageStore store, ImageSource workload, boolean builds) throws ImageException {
        ImageSource source = builds ? base(workload) : workload;
        ConfigOverrides overrides =
                builds ? ConfigOverrides.none() : request.plan().workload().overrides();
        PreparedImage image = store.prepare(source, overrides, listener::stage);
        Optional<String> unfit = Measures.of(request.plan()).unfit(request.plan(), image);
        if (unfit.isPresent()) {
            throw new ImageException("the image " + source.describe() + " does not do: " + unfit.get());
        }
        return image;
    }

    /** Returns what an image is built on, which is there before a build is measured. */
    private static ImageSource base(ImageSource source) throws ImageException {
        return source instanceof ImageSource.Dockerfile dockerfile ? DockerfileBase.of(dockerfile) : source;
    }

    private @Nullable Analysed report(ResultStore store, Result result) {
        List<Launch> launches = store.launches();
        if (launches.isEmpty()) {
            return null;
        }
        listener.stage("writing the report");
        store.write("jmh.json", JmhExport.json(launches));
        store.write(result);
        return Reports.write(store);
    }
}
