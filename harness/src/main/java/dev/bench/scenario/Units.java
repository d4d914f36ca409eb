package dev.bench.scenario;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads quantities with their units; a bare number is never accepted, so that nobody has to guess. */
final class Units {
    static final String SIZE_FORM = "a size such as 256MiB (KiB, MiB, GiB)";
    static final String DURATION_FORM = "a duration such as 500ms, 30s or 2m";
    static final String SIZE_PATTERN = "^[0-9]+(\\.[0-9]+)? ?(KiB|MiB|GiB)$";
    static final String DURATION_PATTERN = "^[0-9]+(\\.[0-9]+)? ?(ms|s|m)$";

    private static final Map<String, Long> BYTES = Map.of("KiB", 1L << 10, "MiB", 1L << 20, "GiB", 1L << 30);
    private static final Map<String, Long> MILLIS = Map.of("ms", 1L, "s", 1_000L, "m", 60_000L);
    private static final Pattern QUANTITY = Pattern.compile("([0-9]{1,12}(?:\\.[0-9]{1,6})?) ?([A-Za-z]+)");

    static final String RATE_FORM = "a rate such as 200/s";
    static final String RATE_PATTERN = "^[0-9]+(\\.[0-9]+)? ?/s$";

    private static final Pattern RATE = Pattern.compile("([0-9]{1,7}(?:\\.[0-9]{1,6})?) ?/s");

    static final String SHARE_FORM = "a share such as 3%";
    static final String SHARE_PATTERN = "^[0-9]+(\\.[0-9]+)? ?%$";

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
                ? Optional.of(Double.parseDouble(matcher.group(1))).filter(rate -> rate > 0)
                : Optional.empty();
    }

    static Optional<Long> bytes(String text) {
        return quantity(text, BYTES);
    }

    static Optional<Duration> duration(String text) {
        return quantity(text, MILLIS).map(Duration::ofMillis);
    }

    private static Optional<Long> quantity(String text, Map<String, Long> units) {
        Matcher matcher = QUANTITY.matcher(text.strip());
        if (!matcher.matches() || !units.containsKey(matcher.group(2))) {
            return Optional.empty();
        }
        return Optional.of(new BigDecimal(matcher.group(1))
                .multiply(BigDecimal.valueOf(units.get(matcher.group(2))))
                .longValue());
    }
}
