package dev.bench.compare;

import dev.bench.analysis.Margin;
import dev.bench.analysis.Shift;
import dev.bench.result.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * Tries the rule of the gate on noise that is known: how often it raises an alarm where nothing changed, how often it
 * finds a change of 10 %, and how often it calls such a change equivalent.
 *
 * <p>A gate has twelve comparisons at once, three measures of four targets. Each block launches baseline and candidate of
 * every target and an A/A copy of the first target's baseline, in random order. Two sessions.
 */
public final class GateSimulation {
    /** Comparisons of one gate. */
    public static final int COMPARISONS = 12;

    /** The change that is to be found, as a fraction. */
    public static final double CHANGE = 0.10;

    private static final int MEASURES = 3;
    private static final int TARGETS = COMPARISONS / MEASURES;
    private static final int SESSIONS = 2;
    private static final int LAUNCHES = 2 * TARGETS + 1;

    private final long seed;
    private final int repetitions;

    /** Takes the seed, which decides everything drawn, and the number of gates per figure. */
    public GateSimulation(long seed, int repetitions) {
        if (repetitions < 1) {
            throw new IllegalArgumentException("a simulation takes at least 1 repetition");
        }
        this.seed = seed;
        this.repetitions = repetitions;
    }

    /** Simulates one shape of noise at one number of blocks per session; the result depends on nothing else. */
    public GateFigure run(Noise noise, int blocks) {
        SplittableRandom random = new SplittableRandom(seed + 1_000L * blocks + noise.ordinal());
        int falseAlarms = 0;
        int detected = 0;
        int calledEquivalent = 0;
        for (int repetition = 0; repetition < repetitions; repetition++) {
            boolean alarm = GateRule.judge(gate(random, noise, blocks, 0)).stream()
                    .anyMatch(
                            verdict -> verdict.outcome() == Outcome.REGRESSED || verdict.outcome() == Outcome.IMPROVED);
            falseAlarms += alarm ? 1 : 0;
            Outcome changed = GateRule.judge(gate(random, noise, blocks, Math.log1p(CHANGE)))
                    .get(0)
                    .outcome();
            detected += changed == Outcome.REGRESSED ? 1 : 0;
            calledEquivalent += changed == Outcome.EQUIVALENT ? 1 : 0;
        }
        return new GateFigure(noise, blocks, repetitions, falseAlarms, detected, calledEquivalent);
    }

    /** Draws a gate; the change is added to the first comparison's candidate. */
    private static List<GateCase> gate(SplittableRandom random, Noise noise, int blocks, double change) {
        List<GateCase> cases = new ArrayList<>();
        for (int measure = 0; measure < MEASURES; measure++) {
            List<List<List<Double>>> ratios = new ArrayList<>();
            List<Double> control = new ArrayList<>();
            for (int target = 0; target < TARGETS; target++) {
                ratios.add(new ArrayList<>());
            }
            for (int session = 0; session < SESSIONS; session++) {
                double[][] launches = session(random, noise, blocks, measure == 0 ? change : 0);
                for (int target = 0; target < TARGETS; target++) {
                    ratios.get(target).add(ratios(launches, 2 * target, 2 * target + 1));
                }
                control.addAll(ratios(launches, 0, LAUNCHES - 1));
            }
            double halfWidth = Shift.paired(
                            control.stream().mapToDouble(Double::doubleValue).toArray())
                    .halfWidth();
            for (int target = 0; target < TARGETS; target++) {
                cases.add(new GateCase(
                        "measure " + measure,
                        "target " + target,
                        Metric.Better.LOWER,
                        ratios.get(target),
                        Margin.of(null, null, halfWidth)));
            }
        }
        return cases;
    }

    /** Returns the logarithm of every launch by block; baselines are even, candidates odd, the A/A copy is last. */
    private static double[][] session(SplittableRandom random, Noise noise, int blocks, double change) {
        Noise.Source source = noise.begin(random, blocks * LAUNCHES);
        double[] shifts = new double[LAUNCHES];
        for (int launch = 0; launch < LAUNCHES; launch++) {
            shifts[launch] = source.offset();
        }
        shifts[1] += change;
        int[] order = new int[LAUNCHES];
        for (int i = 0; i < LAUNCHES; i++) {
            order[i] = i;
        }
        double[][] launches = new double[blocks][LAUNCHES];
        for (double[] block : launches) {
            for (int i = LAUNCHES - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                int kept = order[i];
                order[i] = order[other];
                order[other] = kept;
            }
            for (int launch : order) {
                block[launch] = shifts[launch] + source.next();
            }
        }
        return launches;
    }

    private static List<Double> ratios(double[][] launches, int baseline, int candidate) {
        List<Double> ratios = new ArrayList<>(launches.length);
        for (double[] block : launches) {
            ratios.add(block[candidate] - block[baseline]);
        }
        return ratios;
    }
}
