package dev.bench.compose;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads durations and sizes as Compose writes them. */
final class Quantities {
    static final String DURATION_EXAMPLE = "a duration such as 30s, 1m30s or 500ms";
    static final String SIZE_EXAMPLE = "a size such as 64m, 1g or 65536";

    private static final Map<String, Long> NANOS = Map.of(
            "ns", 1L,
            "us", 1_000L,
            "µs", 1_000L,
            "ms", 1_000_000L,
            "s", 1_000_000_000L,
            "m", 60_000_000_000L,
            "h", 3_600_000_000_000L);
    private static final long LONGEST_NANOS = 24 * 3_600_000_000_000L;
    private static final Pattern PART = Pattern.compile("([0-9]{1,9}(?:\\.[0-9]{1,9})?)(ns|us|µs|ms|s|m|h)");
    private static final Pattern SIZE = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,6})?) ?([kmgt]?)i?b?");
    private static final String PREFIXES = " kmgt";

    private Quantities() {}

    /** Reads a duration, a day at most: numbers, each with its unit. */
    static Optional<Duration> duration(String text) {
        Matcher part = PART.matcher(text);
        BigDecimal nanos = BigDecimal.ZERO;
        int end = 0;
        while (part.find() && part.start() == end) {
            nanos = nanos.add(
                    new BigDecimal(part.group(1)).multiply(BigDecimal.valueOf(NANOS.getOrDefault(part.group(2), 0L))));
            end = part.end();
        }
        if (text.equals("0")) {
            return Optional.of(Duration.ZERO);
        }
        return end > 0 && end == text.length() && nanos.compareTo(BigDecimal.valueOf(LONGEST_NANOS)) <= 0
                ? Optional.of(Duration.ofNanos(nanos.longValue()))
                : Optional.empty();
    }

    /** Reads a size in bytes, whose units are powers of 1024; more than nothing. */
    static Optional<Long> bytes(String text) {
        Matcher size = SIZE.matcher(text.toLowerCase(Locale.ROOT));
        if (!size.matches()) {
            return Optional.empty();
        }
        int power = size.group(2).isEmpty() ? 0 : PREFIXES.indexOf(size.group(2));
        BigDecimal bytes = new BigDecimal(size.group(1)).multiply(BigDecimal.valueOf(1L << (10 * power)));
        return bytes.signum() > 0 && bytes.compareTo(BigDecimal.valueOf(1L << 50)) < 0
                ? Optional.of(bytes.longValue())
                : Optional.empty();
    }
}
