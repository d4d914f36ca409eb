package dev.bench.compare;

import dev.bench.analysis.Shift;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Tries the test of all benchmarks together on noise that is known: 40 benchmarks, each of one fork of five iterations a
 * side. A fork is a session of the noise; what a session favours is shared by all forks of a side.
 */
public final class WholeSimulation {
    /** Benchmarks of one comparison. */
    public static final int BENCHMARKS = 40;

    /** How much worse all benchmarks are made, as a fraction. */
    public static final double CHANGE = 0.25;

    private static final int ITERATIONS = 5;

    private final long seed;
    private final int repetitions;

    /** Takes the seed, which decides everything drawn, and the number of comparisons per figure. */
    public WholeSimulation(long seed, int repetitions) {
        this.seed = seed;
        this.repetitions = repetitions;
    }

    /** Simulates one shape of noise; the result depends on nothing else. */
    public WholeFigure run(Noise noise) {
        SplittableRandom random = new SplittableRandom(seed + noise.ordinal());
        int falseAlarms = 0;
        int detected = 0;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            Outcome same = judge(noise, random, 0);
            falseAlarms += same == Outcome.REGRESSED || same == Outcome.IMPROVED ? 1 : 0;
            detected += judge(noise, random, Math.log1p(CHANGE)) == Outcome.REGRESSED ? 1 : 0;
        }
        return new WholeFigure(noise, repetitions, falseAlarms, detected);
    }

    private static Outcome judge(Noise noise, SplittableRandom random, double change) {
        double base = noise.begin(random, ITERATIONS).offset();
        double head = noise.begin(random, ITERATIONS).offset() + change;
        double[] worsening = new double[BENCHMARKS];
        Arrays.setAll(
                worsening,
                i -> Shift.unpaired(fork(noise, random, base), fork(noise, random, head))
                        .estimate());
        return Whole.of(worsening).orElseThrow().outcome();
    }

    private static double[] fork(Noise noise, SplittableRandom random, double offset) {
        Noise.Source source = noise.begin(random, ITERATIONS);
        double[] values = new double[ITERATIONS];
        Arrays.setAll(values, i -> Math.exp(offset + source.next()));
        return values;
    }
}
