package dev.bench.session;

/** Names the values of a launch that are not metrics. */
public final class LaunchValues {
    /** JMH's own reading of the timed region in milliseconds; kept to check ours against it. */
    public static final String JMH_SCORE = "jmh.score_ms";

    private LaunchValues() {}
}
