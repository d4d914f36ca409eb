package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.figure.Calibrator;
import dev.bench.figure.Figure;
import dev.bench.guest.ClassicSystem;
import dev.bench.guest.Firmware;
import dev.bench.host.FileTrees;
import dev.bench.image.EngineImages;
import dev.bench.image.ImageException;
import dev.bench.image.ImageStore;
import dev.bench.known.ManyResults;
import dev.bench.lab.Lab;
import dev.bench.lab.LabOptions;
import dev.bench.plan.Plan;
import dev.bench.result.ResultStore;
import dev.bench.run.RunOutcome;
import dev.bench.run.ServiceImages;
import dev.bench.scenario.Planner;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionOrder;
import dev.bench.target.Drivers;
import dev.bench.target.LabException;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * Holds the tool against the barest thing that does the same, in one run: engines driven by hand, the distribution's own
 * boot, and fixed limits where there is nothing to compare with.
 */
final class Calibration {
    private static final int REPETITIONS = 5;
    private static final int LARGE_REPORT_LAUNCHES = 10_000;
    private static final int SITE_RESULTS = 500;
    private static final Set<Part> IN_LAB =
            EnumSet.complementOf(EnumSet.of(Part.RUN, Part.MEMORY, Part.SITE, Part.HELP, Part.GATES));
    private static final double MEBIBYTE = 1 << 20;

    private final Plan plan;
    private final List<TargetDriver> drivers;
    private final Path cacheDirectory;
    private final Path launcher;
    private final Path log;
    private final int launches;
    private final int gates;
    private final Set<Part> parts;
    private final Cancellation cancellation;
    private final WholeRuns runs;

    /**
     * Prepares a calibration; nothing happens yet.
     *
     * @param request with what it is done
     * @param parts what is taken; others are left out
     */
    Calibration(Calibrator.Request request, Set<Part> parts) {
        this.plan = request.plan();
        this.drivers = request.drivers();
        this.cacheDirectory = request.cacheDirectory();
        this.launcher = request.launcher();
        this.log = request.log();
        this.launches = request.launches();
        this.gates = request.gates();
        this.parts = Set.copyOf(parts);
        this.cancellation = request.cancellation();
        this.runs = new WholeRuns(cacheDirectory, this.drivers, cancellation);
    }

    /**
     * Takes every figure, or those before the cancellation.
     *
     * @throws CalibrationException where a figure cannot be taken
     * @throws LabException where the lab cannot start
     * @throws ImageException where an image cannot be made
     */
    void run(Calibrator.Listener listener) throws CalibrationException, LabException, ImageException, IOException {
        Path scratch = Files.createDirectories(cacheDirectory.resolve("calibration"));
        try {
            if (parts.contains(Part.MEMORY)) {
                // Before anything else has made this JVM larger than one that measures only.
                resident(scratch, listener);
            }
            if (parts.contains(Part.HELP) && !cancellation.requested()) {
                help(listener);
            }
            if (parts.contains(Part.SITE) && !cancellation.requested()) {
                site(scratch, listener);
            }
            if (!Collections.disjoint(parts, IN_LAB) && !cancellation.requested()) {
                inLab(scratch, listener);
            }
            if (parts.contains(Part.RUN) && !cancellation.requested()) {
                report(wholeRun(scratch, listener), scratch, listener);
            }
            if (parts.contains(Part.MEMORY) && !cancellation.requested()) {
                memory(scratch, listener);
            }
            if (parts.contains(Part.GATES) && !cancellation.requested()) {
                gates(scratch, listener);
            }
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private void inLab(Path scratch, Calibrator.Listener listener)
            throws CalibrationException, LabException, ImageException, IOException {
        listener.stage("starting the lab");
        try (Lab lab = Lab.start(labOptions(), drivers)) {
            PreparedImage workload;
            PreparedImage clock;
            PreparedImage fio = null;
            SessionOrder stack = null;
            Plan storagePlan = runs.plan(StorageFigures.write(scratch));
            Plan buildPlan = runs.plan(BuildWorkload.write(scratch));
            Plan clockPlan = runs.plan(ClockWorkload.write(scratch));
            Path results = Files.createDirectories(scratch.resolve("launches"));
            try (EngineImages engine = Drivers.images(drivers).open(lab.view())) {
                listener.stage("preparing images");
                ImageStore store = new ImageStore(cacheDirectory, engine);
                workload =
                        store.prepare(plan.workload().image(), plan.workload().overrides(), listener::stage);
                clock = store.prepare(
                        clockPlan.workload().image(), clockPlan.workload().overrides(), listener::stage);
                if (parts.contains(Part.STORAGE)) {
                    fio = store.prepare(
                            storagePlan.workload().image(),
                            storagePlan.workload().overrides(),
                            listener::stage);
                }
                if (parts.contains(Part.STACK)) {
                    stack = stack(store, lab, results, listener);
                }
                if (parts.contains(Part.CLASSIC)) {
                    ClassicSystem.prepare(cacheDirectory, Firmware.BIOS, listener::stage);
                }
                if (parts.contains(Part.IMAGE)) {
                    listener.stage("an image to a bootable disk");
                    disk(workload, scratch, engine, listener);
                }
            }
            CalibrationOrder order = new CalibrationOrder(
                    new SessionOrder(plan, workload, null, lab.view(), 1, false, results),
                    new SessionOrder(clockPlan, clock, null, lab.view(), 1, false, results),
                    fio == null ? null : new SessionOrder(storagePlan, fio, null, lab.view(), 1, false, results),
                    stack,
                    StackFigures.composeFile(launcher),
                    buildPlan.targets(),
                    BuildWorkload.context(scratch),
                    launches,
                    parts);
            new CalibrationProcess(lab, log).run(order, listener, cancellation);
        }
    }

    private SessionOrder stack(ImageStore store, Lab lab, Path results, Calibrator.Listener listener)
            throws CalibrationException, ImageException {
        Plan stack = runs.plan(StackFigures.scenario(launcher));
        ServiceImages services = new ServiceImages(store, stack, cacheDirectory, listener::stage);
        PreparedImage front =
                store.prepare(stack.workload().image(), stack.workload().overrides(), listener::stage);
        return new SessionOrder(stack, front, null, services.all(), services.changed(), lab.view(), 1, false, results);
    }

    private LabOptions labOptions() {
        return new LabOptions(Lab.newRunId(), cacheDirectory, Map.of(), plan.targets());
    }

    /** Flattens the workload's image anew: out of the engine, into a tree, its manifest and a disk. */
    private void disk(PreparedImage image, Path scratch, EngineImages engine, Calibrator.Listener listener)
            throws ImageException, IOException {
        Path archive = scratch.resolve("image.tar");
        engine.save(image.engineReference(), archive);
        Path caches = scratch.resolve("caches");
        double[] first = new double[3];
        double[] cached = new double[first.length];
        for (int i = 0; i < first.length; i++) {
            // None is removed before the last is made: ext4 is slow to give out inodes that have just been freed.
            ImageStore store = new ImageStore(caches.resolve(Integer.toString(i)), engine);
            first[i] = prepareMillis(store, archive);
            cached[i] = prepareMillis(store, archive);
        }
        String size = String.format(Locale.ROOT, "image of %.0f MB to a bootable disk", Files.size(archive) / 1e6);
        Files.delete(archive);
        FileTrees.delete(caches);
        listener.figure(Figure.millis(size + ", first time", Figure.median(first), 5_000));
        listener.figure(Figure.millis(size + ", cached", Figure.median(cached), 100));
    }

    private double prepareMillis(ImageStore store, Path archive) throws ImageException {
        long begin = System.nanoTime();
        store.prepare(new ImageSource.Archive(archive), plan.workload().overrides(), step -> {});
        return (System.nanoTime() - begin) / 1e6;
    }

    private RunOutcome wholeRun(Path scratch, Calibrator.Listener listener)
            throws CalibrationException, LabException, ImageException {
        // A disk is read inside a guest once, as an image is made once: neither is the cost of a run.
        listener.stage("reading the disk inside a guest");
        List<String> machines = plan.targets().stream()
                .filter(target -> target.driver().equals("libvirt"))
                .map(TargetDefinition::name)
                .toList();
        runs.run(
                runs.plan(plan.scenarioFile(), new Planner.Overrides(1, null, 1, null, machines)),
                scratch.resolve("reading"));
        listener.stage("a whole run of " + plan.name() + ", " + plan.schedule().blocks() + " blocks");
        RunOutcome outcome = runs.run(plan, scratch.resolve("results"));
        listener.figure(Figure.ratio(
                "whole run: wall time / sum of launches and removals",
                new double[] {outcome.wallSeconds() * 1e3},
                new double[] {outcome.launchSeconds() * 1e3},
                1.2,
                Figure.Kind.AT_MOST));
        return outcome;
    }

    private void resident(Path scratch, Calibrator.Listener listener)
            throws CalibrationException, LabException, ImageException, IOException {
        listener.stage("the harness beside many instances");
        listener.figure(memoryFigures(scratch).resident());
    }

    private void memory(Path scratch, Calibrator.Listener listener)
            throws CalibrationException, LabException, ImageException, IOException {
        listener.stage("known amounts of memory");
        memoryFigures(scratch).truth().forEach(listener::figure);
    }

    private MemoryFigures memoryFigures(Path scratch) throws IOException {
        return new MemoryFigures(Files.createDirectories(scratch.resolve("memory")), runs);
    }

    private void gates(Path scratch, Calibrator.Listener listener)
            throws CalibrationException, LabException, ImageException, IOException {
        listener.stage("gates of containers");
        try (Lab lab = Lab.start(labOptions(), drivers)) {
            GateFigures figures = new GateFigures(
                    Files.createDirectories(scratch.resolve("gates")),
                    cacheDirectory,
                    drivers,
                    lab,
                    cancellation,
                    listener::stage);
            listener.figure(figures.falseAlarms(gates));
            if (!cancellation.requested()) {
                listener.figure(figures.caught(Math.max(1, gates / 2)));
            }
        }
    }

    private void help(Calibrator.Listener listener) throws IOException, CalibrationException {
        listener.stage("the command line");
        double[] help = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            help[i] = commandMillis("--help");
        }
        listener.figure(Figure.millis("bench --help", Figure.median(help), 300));
    }

    private void report(RunOutcome outcome, Path scratch, Calibrator.Listener listener)
            throws IOException, CalibrationException {
        listener.stage("a report of many launches");
        ResultStore large =
                LargeResult.of(new ResultStore(outcome.directory()), scratch.resolve("large"), LARGE_REPORT_LAUNCHES);
        double[] report = new double[3];
        for (int i = 0; i < report.length; i++) {
            report[i] = commandMillis("report", large.directory().toString());
        }
        listener.figure(Figure.millis("report of 10,000 launches", Figure.median(report), 3_000));
        double size = Files.size(large.directory().resolve("report.html")) / MEBIBYTE;
        listener.figure(new Figure(
                "report of 10,000 launches, size",
                String.format(Locale.ROOT, "%.2f MiB", size),
                "",
                size,
                3,
                Figure.Kind.AT_MOST));
    }

    private void site(Path scratch, Calibrator.Listener listener) throws IOException, CalibrationException {
        listener.stage("a site of many results");
        Path folder = scratch.resolve("history");
        Path site = scratch.resolve("site");
        ManyResults results = new ManyResults(folder);
        results.write(0, SITE_RESULTS);
        listener.figure(Figure.millis(
                "site of " + SITE_RESULTS + " results, first time",
                commandMillis("publish", folder.toString(), site.toString()),
                10_000));
        double[] more = new double[REPETITIONS];
        for (int i = 0; i < REPETITIONS; i++) {
            results.write(SITE_RESULTS + i, SITE_RESULTS + i + 1);
            more[i] = commandMillis("publish", folder.toString(), site.toString());
        }
        listener.figure(Figure.millis("site, one more result", Figure.median(more), 1_000));
    }

    private double commandMillis(String... arguments) throws IOException, CalibrationException {
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(List.of(arguments));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        try {
            if (process.waitFor() != 0) {
                throw new CalibrationException("it failed: " + String.join(" ", command), null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CalibrationException("interrupted", e);
        }
        return (System.nanoTime() - begin) / 1e6;
    }
}
