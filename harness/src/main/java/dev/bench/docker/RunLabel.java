package dev.bench.docker;

/** Names the label that marks everything made in an engine. */
final class RunLabel {
    static final String KEY = "dev.bench.run";

    private RunLabel() {}
}
