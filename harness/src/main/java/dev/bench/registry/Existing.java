package dev.bench.registry;

import dev.bench.grammar.Quantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names a registry that somebody else runs, which is asked without TLS.
 *
 * @param host its name or IPv4 address, as this host knows it
 * @param port from 1 to 65535
 */
public record Existing(String host, int port) {
    private static final Pattern TEXT = Pattern.compile("([A-Za-z0-9](?:[A-Za-z0-9.-]{0,252})):([0-9]{1,5})");
    private static final int MOST_PORT = 65_535;

    /** A registry as a scenario writes it. */
    public static final Quantity<Existing> QUANTITY = new Quantity<>(
            "a registry such as localhost:5000: a host and a port",
            "[A-Za-z0-9][A-Za-z0-9.-]{0,252}:[0-9]{1,5}",
            Existing::parse,
            Existing::toString);

    private static Optional<Existing> parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int port = Integer.parseInt(matcher.group(2));
        return port < 1 || port > MOST_PORT ? Optional.empty() : Optional.of(new Existing(matcher.group(1), port));
    }

    /** Returns a part of a repository's name that tells this host from others. */
    String client() throws IOException {
        String name = Files.readString(Path.of("/proc/sys/kernel/hostname"));
        String part =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-+|-+$", "");
        return part.isEmpty() ? "host" : part;
    }

    /** Returns {@code HOST:PORT}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
