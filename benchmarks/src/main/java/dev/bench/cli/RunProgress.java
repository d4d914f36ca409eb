package dev.bench.cli;

import dev.bench.engine.SessionListener;
import dev.bench.plan.Plan;
import dev.bench.result.Launch;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.List;
import java.util.Locale;

/** Shows how far a run is: one moving line on a terminal, a line per block elsewhere. */
final class RunProgress implements SessionListener {
    private static final int BAR = 24;

    private final Console console;
    private final Plan plan;
    private final Metric headline;
    private final int total;
    private final long begin = System.nanoTime();
    private int done;
    private int failed;

    RunProgress(Console console, Plan plan) {
        this.console = console;
        this.plan = plan;
        this.headline = plan.measurement().measure().headline();
        int perBlock = plan.targets().size() + (plan.control() ? 1 : 0);
        this.total = plan.sessions() * (plan.warmupBlocks() + plan.blocks()) * perBlock;
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
        if (!launch.ok() && launch.failure() != null) {
            console.problem(launch.failure().message());
        }
        String outcome = launch.ok()
                ? String.format(Locale.ROOT, "%.1f %s", launch.values().get(headline.id()), headline.unit())
                        .replace(" 1/s", "/s")
                : "failed";
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

    private String left() {
        double seconds = (System.nanoTime() - begin) / 1e9 / done * (total - done);
        return String.format(Locale.ROOT, "%d:%02d", (int) seconds / 60, (int) seconds % 60);
    }
}
