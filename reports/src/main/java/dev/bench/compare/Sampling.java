package dev.bench.compare;

/** Says what counts as one sample. */
public enum Sampling {
    /** The ratio of two launches of one block. */
    BLOCK("a block"),
    /** A launch. */
    LAUNCH("a launch"),
    /** An iteration of a benchmark, where its forks are too few to be samples. */
    ITERATION("an iteration"),
    /** The median of the iterations of a fork. */
    FORK("the median of a fork");

    private final String words;

    Sampling(String words) {
        this.words = words;
    }

    /** Returns it for people. */
    public String words() {
        return words;
    }
}
