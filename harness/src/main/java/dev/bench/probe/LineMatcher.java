package dev.bench.probe;

import dev.bench.target.LaunchRequest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds the n-th line of output that matches a pattern, however the lines are cut into pieces. A prompt, which no line feed
 * follows, counts at once; where the rest of its line could still take the match away, such as with {@code ^up$}, it has to
 * be {@linkplain #settle settled}. Safe for several threads.
 */
final class LineMatcher implements Consumer<LaunchRequest.Output> {
    private static final int LONGEST_LINE = 1 << 16;

    /** Characters looked at for one line; an expression that goes back and forth takes more than anybody waits for. */
    private static final int MOST_STEPS = 20_000_000;

    private final Pattern pattern;
    private final int count;
    private final LongConsumer found;
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();

    private int matched;
    private boolean lineMatched;
    private boolean tooCostly;
    /** When what has arrived of the line came to match, where its rest may still take that away. */
    private OptionalLong tentative = OptionalLong.empty();

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
                match(output.nanos(), true);
                line.reset();
            }
            if (value == '\n') {
                lineMatched = false;
            } else {
                line.write(value);
            }
        }
        match(output.nanos(), false);
    }

    /** Counts what had arrived of a line and matched before a moment, where nothing has followed. */
    synchronized void settle(long moment) {
        if (tentative.isPresent() && moment - tentative.getAsLong() > 0) {
            count(tentative.getAsLong());
        }
    }

    /** Tells whether a line could not be judged, since the expression takes too long for it. */
    synchronized boolean tooCostly() {
        return tooCostly;
    }

    /** Returns how many lines have matched so far. */
    synchronized int matched() {
        return matched;
    }

    private void match(long nanos, boolean whole) {
        if (lineMatched || line.size() == 0) {
            return;
        }
        tentative = OptionalLong.empty();
        try {
            Matcher matcher = pattern.matcher(new Bounded(line.toString(StandardCharsets.UTF_8)));
            if (!matcher.find()) {
                return;
            }
            if (whole || !matcher.requireEnd()) {
                count(nanos);
            } else {
                tentative = OptionalLong.of(nanos);
            }
        } catch (TooManyStepsException | StackOverflowError e) {
            tooCostly = true; // this line is none, and the next may be judged
        }
    }

    private void count(long nanos) {
        tentative = OptionalLong.empty();
        lineMatched = true;
        matched++;
        if (matched == count) {
            found.accept(nanos);
        }
    }

    /** Ends a search that looks at too many characters. */
    private static final class TooManyStepsException extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    /** Counts how often it is looked at. */
    private static final class Bounded implements CharSequence {
        private final String text;
        private int steps;

        Bounded(String text) {
            this.text = text;
        }

        @Override
        public int length() {
            return text.length();
        }

        @Override
        public char charAt(int index) {
            if (++steps > MOST_STEPS) {
                throw new TooManyStepsException();
            }
            return text.charAt(index);
        }

        @Override
        public CharSequence subSequence(int start, int end) {
            return text.substring(start, end);
        }

        @Override
        public String toString() {
            return text;
        }
    }
}
