package dev.bench.probe;

import dev.bench.target.LaunchRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** Finds the n-th line of output that matches a pattern, however the lines are cut into pieces. Safe for several threads. */
final class LineMatcher implements Consumer<LaunchRequest.Output> {
    private static final int LONGEST_LINE = 1 << 16;

    private final Pattern pattern;
    private final int count;
    private final LongConsumer found;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private int matched;
    private boolean lineMatched;

    /**
     * Creates a matcher.
     *
     * @param count how many lines must match; a line counts once, however often it matches
     * @param found hears of the moment the last of them matched
     */
    LineMatcher(Pattern pattern, int count, LongConsumer found) {
        this.pattern = pattern;
        this.count = count;
        this.found = found;
    }

    @Override
    public synchronized void accept(LaunchRequest.Output output) {
        for (byte value : output.bytes()) {
            if (value == '\n' || line.size() == LONGEST_LINE) {
                match(output.nanos());
                line.reset();
            }
            if (value == '\n') {
                lineMatched = false;
            } else {
                line.write(value);
            }
        }
        // A prompt without a line feed counts too: what has arrived of a line may match already.
        match(output.nanos());
    }

    /** Returns how many lines have matched so far. */
    synchronized int matched() {
        return matched;
    }

    private void match(long nanos) {
        if (!lineMatched
                && line.size() > 0
                && pattern.matcher(line.toString(StandardCharsets.UTF_8)).find()) {
            lineMatched = true;
            matched++;
            if (matched == count) {
                found.accept(nanos);
            }
        }
    }
}
