package dev.bench.registry;

import dev.bench.grammar.Quantity;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Describes the link between the lab and the registry, as slow in one direction as in the other.
 *
 * @param bitsPerSecond what it carries, headers included; more than 0
 * @param roundTrip what it adds to the time that an answer takes at least; zero for nothing
 */
public record Link(long bitsPerSecond, Duration roundTrip) {
    private static final long LEAST = 64_000;
    private static final long MOST = 100_000_000_000L;
    private static final long MOST_MILLIS = 10_000;

    /** The largest first. */
    private static final List<Map.Entry<String, Long>> UNITS =
            List.of(Map.entry("Gbit", 1_000_000_000L), Map.entry("Mbit", 1_000_000L), Map.entry("kbit", 1_000L));

    private static final Pattern TEXT = Pattern.compile(
            "([0-9]{1,9}(?:\\.[0-9]{1,3})?) ?(kbit|Mbit|Gbit)(?:/([0-9]{1,5}(?:\\.[0-9]{1,3})?) ?(ms|s))?");

    /** A link as a scenario writes it. */
    public static final Quantity<Link> QUANTITY = new Quantity<>(
            "a link such as 100Mbit or 100Mbit/10ms: a rate (kbit, Mbit, Gbit; from 64kbit to 100Gbit) and, behind a"
                    + " slash, a round trip (ms, s; 10s at most)",
            "[0-9]{1,9}(\\.[0-9]{1,3})? ?(kbit|Mbit|Gbit)(/[0-9]{1,5}(\\.[0-9]{1,3})? ?(ms|s))?",
            Link::parse,
            Link::describe);

    /** A burst of this many seconds is what a kernel of 100 ticks a second needs to keep up a rate (tc-tbf(8)). */
    private static final double BURST_SECONDS = 0.01;

    /** The largest packet that the kernel keeps together on its way; a smaller burst would have it cut up. */
    private static final long LEAST_BURST = 1 << 16;

    private static Optional<Link> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        if (!matcher.matches()) {
            return Optional.empty();
        }
        long bits = 0;
        for (Map.Entry<String, Long> unit : UNITS) {
            if (matcher.group(2).equals(unit.getKey())) {
                bits = new BigDecimal(matcher.group(1))
                        .multiply(BigDecimal.valueOf(unit.getValue()))
                        .longValue();
            }
        }
        Duration roundTrip = Duration.ZERO;
        if (matcher.group(3) != null) {
            long nanos = new BigDecimal(matcher.group(3))
                    .multiply(BigDecimal.valueOf(matcher.group(4).equals("s") ? 1_000_000_000L : 1_000_000L))
                    .longValue();
            roundTrip = Duration.ofNanos(nanos);
        }
        return bits < LEAST || bits > MOST || roundTrip.toMillis() > MOST_MILLIS
                ? Optional.empty()
                : Optional.of(new Link(bits, roundTrip));
    }

    /** Returns it as a scenario could write it. */
    public String describe() {
        String rate = bitsPerSecond + "bit";
        for (Map.Entry<String, Long> unit : UNITS) {
            // Three digits behind the point can be read again.
            if (bitsPerSecond >= unit.getValue() && bitsPerSecond * 1_000 % unit.getValue() == 0) {
                rate = plain(BigDecimal.valueOf(bitsPerSecond).divide(BigDecimal.valueOf(unit.getValue())))
                        + unit.getKey();
                break;
            }
        }
        return roundTrip.isZero() ? rate : rate + "/" + plain(BigDecimal.valueOf(roundTrip.toNanos(), 6)) + "ms";
    }

    private static String plain(BigDecimal number) {
        return number.stripTrailingZeros().toPlainString();
    }

    /** Returns whether it needs the kernel's network emulator, and not only its token bucket. */
    public boolean needsEmulator() {
        return !roundTrip.isZero();
    }

    /**
     * Returns the arguments of {@code tc} that make one end of a link as slow as this; half of the round trip falls to each
     * (tc-tbf(8), tc-netem(8)).
     *
     * @param device the interface whose outgoing packets are held back
     */
    List<String> shaping(String device) {
        List<String> arguments = new ArrayList<>(List.of("qdisc", "add", "dev", device, "root"));
        if (needsEmulator()) {
            arguments.addAll(List.of(
                    "netem",
                    "delay",
                    roundTrip.toNanos() / 2_000 + "us",
                    "rate",
                    bitsPerSecond + "bit",
                    "limit",
                    "100000"));
        } else {
            long burst = Math.max(LEAST_BURST, (long) (bitsPerSecond / 8 * BURST_SECONDS));
            arguments.addAll(
                    List.of("tbf", "rate", bitsPerSecond + "bit", "burst", Long.toString(burst), "latency", "50ms"));
        }
        return arguments;
    }
}
