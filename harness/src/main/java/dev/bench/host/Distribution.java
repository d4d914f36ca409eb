package dev.bench.host;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Names the distribution, as {@code os-release(5)} tells.
 *
 * @param family whose packages it uses
 * @param name its name with version, for people
 * @param release Debian's or Ubuntu's own version up to the first dot; {@link Integer#MAX_VALUE} where there is none, as
 *     in what is to be the next release, and for what counts its releases another way
 */
public record Distribution(Family family, String name, int release) {
    /** Says whose packages a distribution uses. */
    public enum Family {
        DEBIAN,
        UBUNTU,
        OTHER
    }

    /** Reads the distribution of a system. */
    public static Distribution read(SystemFiles files) {
        List<String> lines = files.lines("/etc/os-release");
        return parse(lines.isEmpty() ? files.lines("/usr/lib/os-release") : lines);
    }

    static Distribution parse(List<String> lines) {
        Map<String, String> values = new HashMap<>();
        for (String line : lines) {
            int equals = line.indexOf('=');
            if (equals > 0) {
                values.put(line.substring(0, equals), unquoted(line.substring(equals + 1)));
            }
        }
        String id = values.getOrDefault("ID", "");
        List<String> like = List.of(values.getOrDefault("ID_LIKE", "").split(" ", -1));
        Family family = Family.OTHER;
        // Ubuntu is like Debian too, so it is asked for first.
        if (id.equals("ubuntu") || like.contains("ubuntu")) {
            family = Family.UBUNTU;
        } else if (id.equals("debian") || like.contains("debian")) {
            family = Family.DEBIAN;
        }
        return new Distribution(
                family,
                values.getOrDefault("PRETTY_NAME", id.isEmpty() ? "an unknown distribution" : id),
                release(id, values.getOrDefault("VERSION_ID", "")));
    }

    private static int release(String id, String version) {
        String major = version.split("\\.", 2)[0];
        return List.of("debian", "ubuntu").contains(id) && major.matches("\\d{1,4}")
                ? Integer.parseInt(major)
                : Integer.MAX_VALUE;
    }

    private static String unquoted(String value) {
        boolean quoted = value.length() > 1
                && (value.startsWith("\"") && value.endsWith("\"") || value.startsWith("'") && value.endsWith("'"));
        return quoted ? value.substring(1, value.length() - 1) : value;
    }
}
