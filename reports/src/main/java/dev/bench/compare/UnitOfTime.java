package dev.bench.compare;

import java.util.Map;
import java.util.OptionalDouble;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Converts times and rates between the units of time that JMH can be told to report in. */
final class UnitOfTime {
    private static final Map<String, Double> NANOSECONDS =
            Map.of("ns", 1e0, "us", 1e3, "ms", 1e6, "s", 1e9, "min", 60e9, "hr", 3_600e9, "day", 86_400e9);
    private static final Pattern TIME = Pattern.compile("([a-z]+)(/\\S+)");
    private static final Pattern RATE = Pattern.compile("(\\S+/)([a-z]+)");

    private UnitOfTime() {}

    /**
     * Returns by what a value in one unit is multiplied to be in another, for instance 1000 from ms/op to us/op.
     *
     * @return empty where they differ in more than the unit of time
     */
    static OptionalDouble factor(String from, String to) {
        Matcher time = TIME.matcher(from);
        Matcher otherTime = TIME.matcher(to);
        if (time.matches() && otherTime.matches() && time.group(2).equals(otherTime.group(2))) {
            return quotient(time.group(1), otherTime.group(1));
        }
        Matcher rate = RATE.matcher(from);
        Matcher otherRate = RATE.matcher(to);
        if (rate.matches() && otherRate.matches() && rate.group(1).equals(otherRate.group(1))) {
            return quotient(otherRate.group(2), rate.group(2));
        }
        return OptionalDouble.empty();
    }

    private static OptionalDouble quotient(String from, String to) {
        Double numerator = NANOSECONDS.get(from);
        Double denominator = NANOSECONDS.get(to);
        return numerator == null || denominator == null
                ? OptionalDouble.empty()
                : OptionalDouble.of(numerator / denominator);
    }
}
