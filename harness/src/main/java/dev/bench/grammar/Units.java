package dev.bench.grammar;

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
public final class Units {
    /** How a size begins to be asked for; its bounds follow. */
    public static final String SIZE_EXAMPLE = "a size such as 256MiB (KiB, MiB, GiB)";

    /** How a duration begins to be asked for; its bounds follow. */
    public static final String DURATION_EXAMPLE = "a duration such as 500ms, 30s or 2m";

    private static final String NUMBER = "[0-9]{1,12}(\\.[0-9]{1,6})? ?";

    private static final BigDecimal MEBIBYTE = BigDecimal.valueOf(1L << 20);
    private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);
    private static final long MOST_BYTES = 1L << 40;
    private static final long MOST_MILLIS = 60 * 60_000L;
    private static final double LEAST_RATE = 0.001;
    /** Some times what one thread can ask; a queue of more would not fit in memory. */
    private static final double MOST_RATE = 100_000;

    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z]+)");
    private static final Pattern RATE_TEXT = Pattern.compile("([0-9]{1,6}(?:\\.[0-9]{1,6})?) ?/s");
    private static final Pattern SHARE_TEXT = Pattern.compile("([0-9]{1,3}(?:\\.[0-9]{1,6})?) ?%");

    /** A size, in bytes. */
    public static final Quantity<Long> SIZE = new Quantity<>(
            SIZE_EXAMPLE + ", 1024GiB at most",
            NUMBER + "(KiB|MiB|GiB)",
            Units::bytes,
            bytes -> new BigDecimal(bytes).divide(MEBIBYTE).toPlainString() + "MiB");

    /** A duration; zero is one. */
    public static final Quantity<Duration> DURATION = new Quantity<>(
            DURATION_EXAMPLE + ", 60m at most",
            NUMBER + "(ms|s|m)",
            Units::duration,
            duration -> BigDecimal.valueOf(duration.toMillis(), 3)
                            .stripTrailingZeros()
                            .toPlainString() + "s");

    /** How often something is to begin per second; more than nothing. */
    public static final Quantity<Double> RATE = new Quantity<>(
            "a rate such as 200/s, from 0.001/s to 100000/s", "[0-9]{1,6}(\\.[0-9]{1,6})? ?/s", Units::rate);

    /** A share in percent as a fraction; more than nothing. */
    public static final Quantity<Double> SHARE = new Quantity<>(
            "a share such as 3%, more than 0% and less than 1000%", "[0-9]{1,3}(\\.[0-9]{1,6})? ?%", Units::share);

    private Units() {}

    private static Optional<Double> share(String text) {
        Matcher matcher = SHARE_TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Double.parseDouble(matcher.group(1)) / 100).filter(share -> share > 0)
                : Optional.empty();
    }

    private static Optional<Double> rate(String text) {
        Matcher matcher = RATE_TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(Double.parseDouble(matcher.group(1)))
                        .filter(rate -> rate >= LEAST_RATE && rate <= MOST_RATE)
                : Optional.empty();
    }

    private static Optional<Long> bytes(String text) {
        return quantity(text, BYTES, MOST_BYTES);
    }

    private static Optional<Duration> duration(String text) {
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
