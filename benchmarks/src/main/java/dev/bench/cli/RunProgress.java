package dev.bench.cli;

import dev.bench.document.PlainText;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.Secrets;
import dev.bench.session.SessionListener;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Shows how far a run is: one moving line on a terminal, a line per block elsewhere. */
final class RunProgress implements SessionListener {
    private static final int BAR = 24;
    private static final int LAST_LINES = 5;
    private static final int LAST_BYTES = 4_096;
    private static final String ADDRESS = "\\b[0-9]{1,3}(\\.[0-9]{1,3}){3}\\b";

    private final Console console;
    private final Plan plan;
    private final Measure measure;
    private final int total;
    private final long begin = System.nanoTime();
    private final Set<String> told = new HashSet<>();
    private @Nullable Path directory;
    private int done;
    private int failed;

    RunProgress(Console console, Plan plan) {
        this.console = console;
        this.plan = plan;
        this.measure = Measures.of(plan);
        int perBlock = plan.targets().size() + (plan.control() ? 1 : 0);
        this.total = plan.schedule().sessions() * plan.schedule().blocksPerSession() * perBlock;
    }

    @Override
    public void stored(Path where) {
        directory = where;
    }

    @Override
    public void stage(String description) {
        console.say(plan.name() + ": " + description);
    }

    @Override
    public void prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {
        for (Result.TargetFacts target : targets) {
            if (target.emulated()) {
                console.say(plan.name() + ": target " + target.name() + " is emulated: "
                        + target.facts().getOrDefault("accelerator", ""));
            }
        }
        console.say(String.format(
                Locale.ROOT, "%s: the harness itself takes %.2f ms a launch", plan.name(), harness.medianMs()));
    }

    @Override
    public void launched(Launch launch) {
        done++;
        failed += launch.ok() ? 0 : 1;
        Failure failure = launch.failure();
        if (failure != null && told.add(sort(launch, failure))) {
            console.problem(failure.message() + logEnd(failure));
        }
        String outcome = launch.ok() ? figure(launch) : "failed";
        if (console.isInteractive()) {
            int filled = BAR * done / total;
            console.progress(String.format(
                    Locale.ROOT,
                    "%s [%s%s] %d/%d, %s left, %s %s%s",
                    plan.name(),
                    "=".repeat(filled),
                    " ".repeat(BAR - filled),
                    done,
                    total,
                    left(),
                    launch.target(),
                    outcome,
                    failed == 0 ? "" : ", " + failed + " failed"));
        } else {
            console.say(String.format(
                    Locale.ROOT,
                    "%s: %d/%d block %d %s %s%s",
                    plan.name(),
                    done,
                    total,
                    launch.block(),
                    launch.target(),
                    outcome,
                    launch.warmup() ? " (discarded)" : ""));
        }
    }

    /** Returns the headline or, where a scenario leaves out what that is about, the first metric there is. */
    private String figure(Launch launch) {
        return measure.metrics().stream()
                .filter(metric -> launch.values().containsKey(metric.id()))
                .findFirst()
                .map(metric -> String.format(
                                Locale.ROOT, "%.1f %s", launch.values().get(metric.id()), metric.unit())
                        .replace(" 1/s", "/s"))
                .orElse("done");
    }

    /** Returns what a failure has in common with others of its kind: not when it happened, nor at which address. */
    private static String sort(Launch launch, Failure failure) {
        return failure.cause()
                .replace(", session " + launch.session() + ", block " + launch.block(), "")
                .replaceAll(ADDRESS, "");
    }

    /** Returns where the log is, and its end where that says more than the one line that the failure's message has. */
    private String logEnd(Failure failure) {
        if (directory == null || failure.log() == null) {
            return "";
        }
        Path log = directory.resolve(failure.log());
        StringBuilder end = new StringBuilder("\n  log: ").append(log);
        try {
            byte[] content = Files.readAllBytes(log);
            int from = Math.max(0, content.length - LAST_BYTES);
            List<String> lines = Secrets.mask(new String(content, from, content.length - from, StandardCharsets.UTF_8))
                    .lines()
                    .filter(line -> !line.isBlank())
                    .toList();
            if (lines.size() > 1) {
                lines.subList(Math.max(0, lines.size() - LAST_LINES), lines.size())
                        .forEach(line -> end.append("\n    ").append(PlainText.printable(line)));
            }
        } catch (IOException e) {
            return "";
        }
        return end.toString();
    }

    private String left() {
        double seconds = (System.nanoTime() - begin) / 1e9 / done * (total - done);
        return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }
}
