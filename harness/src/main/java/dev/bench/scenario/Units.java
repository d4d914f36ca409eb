package dev.bench.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads quantities with their units; a bare number is never accepted, so that nobody has to guess. What is beyond any use
 * is refused, before it overflows anything.
 */
final class Units {
    static final String SIZE_EXAMPLE = "a size such as 256MiB (KiB, MiB, GiB)";
    static final String SIZE_FORM = SIZE_EXAMPLE + ", 1024GiB at most";
    static final String DURATION_EXAMPLE = "a duration such as 500ms, 30s or 2m";
    static final String DURATION_FORM = DURATION_EXAMPLE + ", 60m at most";
    static final String RATE_FORM = "a rate such as 200/s, from 0.001/s to 100000/s";
    static final String SHARE_FORM = "a share such as 3%, more than 0% and less than 1000%";
    static final String SIZE_PATTERN = "^[0-9]{1,12}(\\.[0-9]{1,6})? ?(KiB|MiB|GiB)$";
    static final String DURATION_PATTERN = "^[0-9]{1,12}(\\.[0-9]{1,6})? ?(ms|s|m)$";
    static final String RATE_PATTERN = "^[0-9]{1,6}(\\.[0-9]{1,6})? ?/s$";
    static final String SHARE_PATTERN = "^[0-9]{1,3}(\\.[0-9]{1,6})? ?%$";

    private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_MILLIS = 60 * 60_000L;
    private static final double LEAST_RATE = 0.001;
    /** Some times what one thread can ask; a queue of more would not fit in memory. */
    private static final double MOST_RATE = 100_000;

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z]+)");
    private static final Pattern RATE = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) ?/s");
    private static final Pattern SHARE = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");

    private Units() {}

    /** Reads a share in percent as a fraction; more than nothing. */
    static Optional<Double> share(String text) {
        Matcher matcher = SHARE.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Double.parseDouble(matcher.group(1)) / 100).filter(share -> share > 0)
                : Optional.empty();
    }

    /** Reads how often something is to begin per second; more than nothing. */
    static Optional<Double> rate(String text) {
        Matcher matcher = RATE.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Double.parseDouble(matcher.group(1)))
                        .filter(rate -> rate >= LEAST_RATE && rate <= MOST_RATE)
                : Optional.empty();
    }

    static Optional<Long> bytes(String text) {
        return quantity(text, BYTES, MOST_BYTES);
    }

    static Optional<Duration> duration(String text) {
        return quantity(text, MILLIS, MOST_MILLIS).map(Duration::ofMillis);
    }

    private static Optional<Long> quantity(String text, Map<String, Long> units, long most) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        BigDecimal exact = new BigDecimal(matcher.group(1)).multiply(BigDecimal.valueOf(units.get(matcher.group(2))));
        return exact.compareTo(BigDecimal.valueOf(most)) > 0 ? Optional.empty() : Optional.of(exact.longValue());
    }
}
