package dev.bench.probe;

import dev.bench.target.LaunchRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** Finds the first line of output that matches a pattern, however the lines are cut into pieces. Safe for several threads. */
final class LineMatcher implements Consumer<LaunchRequest.Output> {
    private static final int LONGEST_LINE = 1 << 16;

    private final Pattern pattern;
    private final LongConsumer found;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    LineMatcher(Pattern pattern, LongConsumer found) {
        this.pattern = pattern;
        this.found = found;
    }

    @Override
    public synchronized void accept(LaunchRequest.Output output) {
        for (byte value : output.bytes()) {
            if (value == '\n' || line.size() == LONGEST_LINE) {
                match(output.nanos());
                line.reset();
            }
            if (value != '\n') {
                line.write(value);
            }
        }
        // A prompt without a line feed counts too: what has arrived of a line may match already.
        match(output.nanos());
    }

    private void match(long nanos) {
        if (line.size() > 0
                && pattern.matcher(line.toString(StandardCharsets.UTF_8)).find()) {
            found.accept(nanos);
        }
    }
}
