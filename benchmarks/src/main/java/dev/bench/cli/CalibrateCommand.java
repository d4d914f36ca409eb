package dev.bench.cli;

import dev.bench.doctor.Setup;
import dev.bench.doctor.SetupException;
import dev.bench.document.PlainText;
import dev.bench.figure.CalibrationException;
import dev.bench.figure.Calibrator;
import dev.bench.figure.Figure;
import dev.bench.host.Distribution;
import dev.bench.host.SystemFiles;
import dev.bench.image.ImageException;
import dev.bench.jvm.MeasuringJvm;
import dev.bench.lab.Leftovers;
import dev.bench.lab.MeasuringLock;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.session.Cancellation;
import dev.bench.target.Drivers;
import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Measures the tool itself. */
@Command(
        name = "calibrate",
        description = {
            "Hold bench against the barest thing that does the same, side by side in one run.",
            "",
            "Containers against a bare API client and against `docker run`, virtual machines against QEMU started by"
                    + " hand, the guest's boot against the distribution's own initramfs, the moment of readiness against"
                    + " the workload's own clock, many starts at once against `xargs -P docker run`, a bare concurrent"
                    + " API client and virsh, builds against `docker build`, a machine's disk that gets what a change"
                    + " differs in against one made whole, an application against `docker-compose up`, the load generator against wrk, measured memory against amounts that are"
                    + " known, gates against changes that are known (--only gates, forty minutes more); and what the"
                    + " tool takes beside: image, run, help, report, site, memory. Takes about three quarters of an"
                    + " hour. The host should do nothing else."
        },
        footer = {
            "%nExit status: 0 every figure holds, 1 internal error, 2 usage or scenario error,%n"
                    + "3 a figure misses its limit, 5 host unfit, 6 a target failed, 130 interrupted."
        },
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Parameters(
            arity = "0..1",
            paramLabel = "SCENARIO",
            defaultValue = "scenarios/startup.yaml",
            description = "Scenario whose workload is used; it answers HTTP, on a process, a container and a virtual"
                    + " machine (default: ${DEFAULT-VALUE}).")
    private Path scenario = Path.of("scenarios/startup.yaml");

    @Option(
            names = "--launches",
            paramLabel = "N",
            defaultValue = "60",
            description = "Pairs of launches per comparison of containers; a sixth as many of virtual machines"
                    + " (default: ${DEFAULT-VALUE}).")
    private int launches = 60;

    @Option(
            names = "--gates",
            paramLabel = "N",
            defaultValue = "20",
            description = "Gates with nothing changed, half as many with a change (default: ${DEFAULT-VALUE}).")
    private int gates = 20;

    @Option(
            names = "--only",
            paramLabel = "PART",
            split = ",",
            completionCandidates = Parts.class,
            description = "Take these parts only: ${COMPLETION-CANDIDATES}. Without it all but gates are taken.")
    private Set<String> only = Set.of();

    @Option(
            names = {"-y", "--yes"},
            description = "Install missing packages without asking.")
    private boolean yes;

    @Option(names = "--json", description = "Print the figures as JSON instead of a table.")
    private boolean json;

    @Mixin
    private CacheArgument cache = new CacheArgument();

    @Spec
    private @Nullable CommandSpec spec;

    /** Lists the parts there are, for help and completion. */
    static final class Parts implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Calibrator.find().map(Calibrator::parts).orElse(List.of()).iterator();
        }
    }

    @Override
    public Integer call() throws ScenarioException, LabException, ImageException, CalibrationException, IOException {
        Console console = Console.system();
        Calibrator calibrator = Calibrator.find()
                .orElseThrow(() -> refused("this distribution has no calibration; use the one that ./bench builds"));
        Set<String> parts = parts(calibrator);
        Planner.Planned planned = PlanCommand.plan(scenario, new PlanArguments().overrides(), new GateArguments());
        ExitCode fit = Fitness.require(console, List.of(planned), new LabArguments(cache), yes);
        if (fit != ExitCode.PASS) {
            return fit.status();
        }
        installOthers(console, calibrator.lacking(parts));
        Cancellation cancellation = new Cancellation();
        CountDownLatch ended = new CountDownLatch(1);
        Shutdown.onSignal(console, cancellation, ended, "stopping: everything is removed");
        List<Figure> figures = new ArrayList<>();
        try (MeasuringLock lock = MeasuringLock.acquire("calibrate")) {
            Leftovers.removeDead(Drivers.all(), cache.path()).forEach(console::say);
            Path log = Files.createTempFile("bench-calibrate-", ".log");
            console.say("log: " + log);
            calibrator.run(
                    new Calibrator.Request(
                            planned.plan(),
                            Drivers.all(),
                            cache.path(),
                            launcher(),
                            launches,
                            gates,
                            parts,
                            log,
                            cancellation),
                    new Calibrator.Listener() {
                        @Override
                        public void stage(String description) {
                            console.say("calibrate: " + description);
                        }

                        @Override
                        public void figure(Figure figure) {
                            figures.add(figure);
                            console.say("  " + line(figure));
                        }
                    });
        } finally {
            ended.countDown();
        }
        console.result(
                json ? MeasuringJvm.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(figures) : table(figures));
        if (cancellation.requested()) {
            return ExitCode.INTERRUPTED.status();
        }
        return (figures.stream().allMatch(Figure::holds) ? ExitCode.PASS : ExitCode.REGRESSION).status();
    }

    private Set<String> parts(Calibrator calibrator) {
        if (only.isEmpty()) {
            return calibrator.usualParts();
        }
        Set<String> parts = new LinkedHashSet<>();
        for (String word : only) {
            String part = word.toLowerCase(Locale.ROOT);
            if (!calibrator.parts().contains(part)) {
                throw refused("--only: '" + PlainText.printable(word) + "' is not a part; known are "
                        + String.join(", ", calibrator.parts()));
            }
            parts.add(part);
        }
        return parts;
    }

    private ParameterException refused(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }

    /** A part without what it compares with leaves that comparison out, and says so. */
    private void installOthers(Console console, List<String> packages) {
        if (packages.isEmpty()) {
            return;
        }
        if (!yes) {
            console.say("nothing is compared with what is not installed: " + String.join(", ", packages)
                    + "; --yes installs it");
            return;
        }
        try {
            Fitness.install(console, new Setup(Distribution.read(SystemFiles.ofHost()), Drivers.all()), packages, true);
        } catch (SetupException e) {
            console.problem(e.getMessage() + ". What it would be compared with is left out");
        }
    }

    /** The launcher tells where it is, since it is measured too. */
    private static Path launcher() throws CalibrationException {
        @Nullable String launcher = System.getProperty("bench.launcher");
        if (launcher == null) {
            throw new CalibrationException("calibrate is to be run with the launcher, ./bench calibrate", null);
        }
        return Path.of(launcher);
    }

    private static String line(Figure figure) {
        return figure.name() + ": " + value(figure) + ", " + limit(figure) + (figure.holds() ? "" : "  MISSED");
    }

    private static String value(Figure figure) {
        return figure.other().isEmpty()
                ? figure.ours()
                : String.format(Locale.ROOT, "%s / %s = %.3f", figure.ours(), figure.other(), figure.value());
    }

    private static String limit(Figure figure) {
        boolean ratio = !figure.other().isEmpty();
        String unit = ratio ? "" : figure.ours().substring(figure.ours().indexOf(' '));
        String number = figure.limit() % 1 == 0
                ? String.format(Locale.ROOT, "%.0f", figure.limit())
                : String.format(Locale.ROOT, "%.2f", figure.limit());
        return switch (figure.kind()) {
                    case AT_MOST -> "at most ";
                    case BELOW -> "below ";
                    case AT_LEAST -> "at least ";
                    case SAME -> "1 ± ";
                }
                + number
                + unit;
    }

    /** Returns a table in Markdown, which reads as well in a terminal. */
    static String table(List<Figure> figures) {
        // Stopped early, or without what it compares with, a calibration has none.
        int width = figures.stream()
                .mapToInt(figure -> figure.name().length())
                .max()
                .orElse(1);
        int values = figures.stream()
                .mapToInt(figure -> value(figure).length())
                .max()
                .orElse(1);
        StringBuilder table = new StringBuilder();
        table.append(row(width, values, "figure", "seen", "limit", ""));
        table.append(row(width, values, "---", "---", "---", "---"));
        figures.forEach(figure -> table.append(
                row(width, values, figure.name(), value(figure), limit(figure), figure.holds() ? "holds" : "missed")));
        return table.toString();
    }

    private static String row(int width, int values, String name, String seen, String limit, String verdict) {
        return ("| %-" + width + "s | %-" + values + "s | %-15s | %-6s |%n").formatted(name, seen, limit, verdict);
    }
}
