package dev.bench.compare;

import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Shift;
import java.util.Arrays;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * Tries every kind of interval on noise that is known: how often it holds the truth.
 *
 * <p>The truth is that of the run: what endless launches at the same places of the same sessions would show. What another
 * session would add is in no interval of one; that is what the second session of a gate and the practical margin are for.
 */
public final class CoverageSimulation {
    /** Launches of a block, of which two are looked at: the others belong to other targets. */
    private static final int LAUNCHES = 9;

    /** Launches drawn at each place for the truth. */
    private static final int ENDLESS = 100;

    private final long seed;
    private final int repetitions;

    /** Takes the seed, which decides everything drawn, and the number of intervals per figure. */
    public CoverageSimulation(long seed, int repetitions) {
        if (repetitions < 1) {
            throw new IllegalArgumentException("a simulation takes at least 1 repetition");
        }
        this.seed = seed;
        this.repetitions = repetitions;
    }

    /** Holds a session of two targets. */
    private static final class Session {
        private final double[][] values;
        private final double[][] levels;

        private Session(int blocks) {
            values = new double[2][blocks];
            levels = new double[2][blocks];
        }
    }

    /** Simulates one shape of noise at one number of samples; the result depends on nothing else. */
    public CoverageFigure run(Noise noise, int samples) {
        SplittableRandom random = new SplittableRandom(seed + 1_000L * samples + noise.ordinal());
        int median = 0;
        int paired = 0;
        int unpaired = 0;
        double centre = centre(noise, random);
        for (int repetition = 0; repetition < repetitions; repetition++) {
            Session session = session(noise, random, samples);
            Session other = session(noise, random, samples);
            double[] sorted = session.values[0].clone();
            Arrays.sort(sorted);
            median += holds(
                            OrderStatistics.medianInterval(sorted).orElseThrow(),
                            noise == Noise.DRIFT
                                    ? medianOf(noise, random, session.levels[0])
                                    : session.levels[0][0] + centre)
                    ? 1
                    : 0;
            double[] ratios = new double[samples];
            Arrays.setAll(ratios, block -> session.values[1][block] - session.values[0][block]);
            paired += holds(Shift.paired(ratios).interval(), mean(session.levels[1]) - mean(session.levels[0])) ? 1 : 0;
            unpaired += holds(
                            Shift.unpaired(exp(session.values[0]), exp(other.values[0]))
                                    .interval(),
                            mean(other.levels[0]) - mean(session.levels[0]))
                    ? 1
                    : 0;
        }
        return new CoverageFigure(noise, samples, repetitions, median, paired, unpaired);
    }

    private static boolean holds(OrderStatistics.@Nullable Interval interval, double truth) {
        return interval != null && interval.low() <= truth && truth <= interval.high();
    }

    private static Session session(Noise noise, SplittableRandom random, int blocks) {
        Noise.Source source = noise.begin(random, blocks * LAUNCHES);
        double[] offsets = {source.offset(), source.offset()};
        Session session = new Session(blocks);
        for (int block = 0; block < blocks; block++) {
            int first = random.nextInt(LAUNCHES);
            int second = (first + 1 + random.nextInt(LAUNCHES - 1)) % LAUNCHES;
            for (int launch = 0; launch < LAUNCHES; launch++) {
                double value = source.next();
                for (int target = 0; target < 2; target++) {
                    if (launch == (target == 0 ? first : second)) {
                        session.values[target][block] = value + offsets[target];
                        session.levels[target][block] = source.level() + offsets[target];
                    }
                }
            }
        }
        return session;
    }

    /** Returns the median of the launch's own noise. */
    private static double centre(Noise noise, SplittableRandom random) {
        Noise.Source source = noise.begin(random, 1);
        double[] values = new double[200_000];
        Arrays.setAll(values, i -> source.next() - source.level());
        Arrays.sort(values);
        return OrderStatistics.median(values);
    }

    /** Returns the median of endless launches at the places of a session where the host drifts. */
    private static double medianOf(Noise noise, SplittableRandom random, double[] levels) {
        Noise.Source source = noise.begin(random, 1);
        double[] values = new double[levels.length * ENDLESS];
        Arrays.setAll(values, i -> levels[i % levels.length] + source.next() - source.level());
        Arrays.sort(values);
        return OrderStatistics.median(values);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double[] exp(double[] logarithms) {
        return Arrays.stream(logarithms).map(Math::exp).toArray();
    }
}
