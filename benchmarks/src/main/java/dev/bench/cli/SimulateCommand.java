package dev.bench.cli;

import dev.bench.compare.CoverageFigure;
import dev.bench.compare.CoverageSimulation;
import dev.bench.compare.GateFigure;
import dev.bench.compare.GateSimulation;
import dev.bench.compare.Noise;
import dev.bench.compare.WholeFigure;
import dev.bench.compare.WholeSimulation;
import dev.bench.document.TextTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Shows what the gate's rule is worth. */
@Command(
        name = "simulate",
        description = {
            "Try the rule of the gate on noise that is known.",
            "",
            "Draws gates of 12 comparisons at once, two sessions each, with nothing changed and with one comparison made"
                    + " 10 %% worse, and counts false alarms (any of the 12), changes found and changes called equivalent."
                    + " Then how often every kind of interval holds the truth, and what the test of all together is worth. Takes"
                    + " about a minute at the default."
        },
        footer = {"%nExit status: 0 every figure holds, 1 internal error, 2 usage error, 3 a figure misses its limit."},
        mixinStandardHelpOptions = true)
final class SimulateCommand implements Callable<Integer> {
    private static final List<Integer> SAMPLES = List.of(6, 10, 20, 50);
    private static final List<Integer> BLOCKS = List.of(10, 20, 50);

    @Spec
    private @Nullable CommandSpec spec;

    @Option(
            names = "--repetitions",
            paramLabel = "N",
            defaultValue = "1000",
            description = "Gates drawn per figure (default: ${DEFAULT-VALUE}).")
    private int repetitions = 1000;

    @Option(
            names = "--seed",
            paramLabel = "N",
            defaultValue = "1",
            description = "Decides everything that is drawn (default: ${DEFAULT-VALUE}).")
    private long seed = 1;

    @Override
    public Integer call() {
        if (repetitions < 1) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), "--repetitions takes a whole number of at least 1");
        }
        Console console = Console.system();
        GateSimulation simulation = new GateSimulation(seed, repetitions);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "noise",
                "n",
                "false alarms",
                "95 % bound",
                "power at +10 %",
                "95 % bound",
                "+10 % called equivalent",
                ""));
        boolean holds = true;
        for (Noise noise : Noise.values()) {
            console.say("simulate: " + noise.title() + ": " + noise.definition());
            for (int blocks : BLOCKS) {
                GateFigure figure = simulation.run(noise, blocks);
                holds &= figure.holds();
                rows.add(row(figure));
            }
        }
        console.text(String.format(
                        Locale.ROOT,
                        "%d gates per figure, seed %d; %d comparisons a gate, two sessions of n blocks. A gate may raise a"
                                + " false alarm in %.0f %% of cases at most, must find the change in %.0f %% at least from"
                                + " n = %d on, and may call it equivalent in %.0f %% at most.%n%n",
                        repetitions,
                        seed,
                        GateSimulation.COMPARISONS,
                        GateFigure.MOST_FALSE_ALARMS * 100,
                        GateFigure.LEAST_POWER * 100,
                        GateFigure.POWER_FROM,
                        GateFigure.MOST_CALLED_EQUIVALENT * 100)
                + TextTable.render(rows, console.outColumns()));
        holds &= coverage(console);
        holds &= whole(console);
        return (holds ? ExitCode.PASS : ExitCode.REGRESSION).status();
    }

    private boolean coverage(Console console) {
        CoverageSimulation simulation = new CoverageSimulation(seed, repetitions);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("noise", "n", "median", "ratio, paired", "ratio, unpaired", ""));
        boolean holds = true;
        for (Noise noise : Noise.values()) {
            for (int samples : SAMPLES) {
                CoverageFigure figure = simulation.run(noise, samples);
                holds &= figure.holds();
                rows.add(List.of(
                        noise.title(),
                        Integer.toString(samples),
                        percent(figure.median() / (double) repetitions),
                        percent(figure.paired() / (double) repetitions),
                        percent(figure.unpaired() / (double) repetitions),
                        figure.holds() ? "holds" : "MISSED"));
            }
        }
        console.text(String.format(
                        Locale.ROOT,
                        "%nHow often intervals of 95 %% hold what endless launches of the same sessions would show, of n"
                                + " samples; in %.0f %% of cases at least. What another session would add is in none.%n%n",
                        CoverageFigure.LEAST * 100)
                + TextTable.render(rows, console.outColumns()));
        return holds;
    }

    private boolean whole(Console console) {
        WholeSimulation simulation = new WholeSimulation(seed, repetitions);
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("noise", "false alarms", "found", ""));
        boolean holds = true;
        for (Noise noise : Noise.values()) {
            WholeFigure figure = simulation.run(noise);
            holds &= figure.holds();
            rows.add(List.of(
                    noise.title(),
                    percent(figure.falseAlarms() / (double) repetitions),
                    percent(figure.detected() / (double) repetitions),
                    figure.holds() ? "holds" : "MISSED"));
        }
        console.text(String.format(
                        Locale.ROOT,
                        "%nThe test of all together: %d benchmarks of one fork of five, all made %.0f %% worse.%n%n",
                        WholeSimulation.BENCHMARKS,
                        WholeSimulation.CHANGE * 100)
                + TextTable.render(rows, console.outColumns()));
        return holds;
    }

    private static List<String> row(GateFigure figure) {
        return List.of(
                figure.noise().title(),
                Integer.toString(figure.blocks()),
                percent(figure.falseAlarmRate()),
                "< " + percent(figure.falseAlarmBound()),
                percent(figure.power()),
                "> " + percent(figure.powerBound()),
                percent(figure.calledEquivalentRate()),
                figure.holds() ? "holds" : "MISSED");
    }

    private static String percent(double share) {
        return String.format(Locale.ROOT, "%.2f %%", share * 100);
    }
}
