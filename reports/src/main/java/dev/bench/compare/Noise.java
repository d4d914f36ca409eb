package dev.bench.compare;

import java.util.SplittableRandom;

/** Lists the shapes of noise that the gate is tried on; each is drawn on the logarithm of a launch's duration. */
public enum Noise {
    /** Normal on the logarithm, 4 %. */
    LIGHT_TAIL("light tail", "lognormal, sigma 4 %"),
    /** Student's t with three degrees of freedom: a launch in a hundred is off by 18 % or more. */
    HEAVY_TAIL("heavy tail", "Student's t with 3 degrees of freedom, scale 4 %"),
    /** The host changes while it is measured on. */
    DRIFT("drift", "lognormal, sigma 4 %, rising by 15 % over a session, and a random walk of 0.3 % a launch"),
    /** A launch meets one of two states, for instance of a cache. */
    BIMODAL("bimodal", "lognormal, sigma 4 %, every fourth launch 12 % slower by chance"),
    /** A neighbour takes the processor for some launches in a row. */
    BURSTS("neighbour bursts", "lognormal, sigma 4 %, bursts of six launches on average, 20 to 40 % slower"),
    /** A session favours one side from its start to its end. */
    SESSIONS("session offsets", "lognormal, sigma 4 %, each side shifted by 0.5 % (sigma) anew in each session");

    private static final double SIGMA = 0.04;
    private static final double RISE = 0.15;
    private static final double WALK = 0.003;
    private static final double SLOW_SHARE = 0.25;
    private static final double SLOW = 0.12;
    private static final double BURST_BEGINS = 0.02;
    private static final double BURST_ENDS = 1 / 6.0;
    private static final double OFFSET = 0.005;

    private final String title;
    private final String definition;

    Noise(String title, String definition) {
        this.title = title;
        this.definition = definition;
    }

    /** Returns a short title for a table. */
    public String title() {
        return title;
    }

    /** Returns what is drawn, as half a sentence. */
    public String definition() {
        return definition;
    }

    /**
     * Begins a session.
     *
     * @param launches how many launches it will have
     */
    Source begin(SplittableRandom random, int launches) {
        return new Source(this, random, launches);
    }

    /** Draws the noise of one launch after the other, in the order in which they are launched. */
    static final class Source {
        private final Noise noise;
        private final SplittableRandom random;
        private final int launches;
        private int launched;
        private double walk;
        private double burst;

        private Source(Noise noise, SplittableRandom random, int launches) {
            this.noise = noise;
            this.random = random;
            this.launches = launches;
        }

        /** Draws what a side is shifted by for the whole session. */
        double offset() {
            return noise == SESSIONS ? OFFSET * random.nextGaussian() : 0;
        }

        /** Returns where the host stood at the last launch: what the launches around it share, and no chance of its own. */
        double level() {
            return noise == DRIFT ? walk + RISE * launched / launches : 0;
        }

        /** Draws the logarithm of the next launch's noise. */
        double next() {
            double normal = SIGMA * random.nextGaussian();
            launched++;
            return switch (noise) {
                case LIGHT_TAIL, SESSIONS -> normal;
                case HEAVY_TAIL -> normal / Math.sqrt(chiSquare() / 3);
                case DRIFT -> {
                    walk += WALK * random.nextGaussian();
                    yield normal + walk + RISE * launched / launches;
                }
                case BIMODAL -> normal + (random.nextDouble() < SLOW_SHARE ? SLOW : 0);
                case BURSTS -> {
                    if (burst > 0 && random.nextDouble() < BURST_ENDS) {
                        burst = 0;
                    } else if (burst == 0 && random.nextDouble() < BURST_BEGINS) {
                        burst = 0.2 + 0.2 * random.nextDouble();
                    }
                    yield normal + burst;
                }
            };
        }

        private double chiSquare() {
            double sum = 0;
            for (int i = 0; i < 3; i++) {
                double normal = random.nextGaussian();
                sum += normal * normal;
            }
            return sum;
        }
    }
}
