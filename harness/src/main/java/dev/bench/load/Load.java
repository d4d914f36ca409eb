package dev.bench.load;

import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Says what to ask of whom, and how fast.
 *
 * @param servers the instances' addresses; requests are spread over them evenly
 * @param path what is asked for
 * @param host what to send each server as {@code Host}
 * @param status the status of a correct answer
 * @param connections kept connections in all; at least one per server is opened
 * @param warmup time before the measured window, under the same load
 * @param duration the measured window
 * @param ratePerSecond requests that begin per second, evenly spaced; 0 for the closed loop, where every connection sends
 *     its next request as soon as it has its answer
 */
public record Load(
        List<InetSocketAddress> servers,
        String path,
        Function<InetAddress, String> host,
        int status,
        int connections,
        Duration warmup,
        Duration duration,
        double ratePerSecond) {
    private static final int WARMUP_PART = 5;
    private static final double BETWEEN_SECONDS = 0.1;
    private static final Duration LONGEST_WARMUP = Duration.ofSeconds(1);

    public Load {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("there is no server to load");
        }
    }

    /**
     * Returns a load on instances that answer as a readiness says, with a fifth of the window before it, a second at most.
     *
     * @param ratePerSecond 0 for the closed loop
     */
    public static Load of(
            List<InetAddress> instances,
            Readiness.Http http,
            String path,
            int connections,
            Duration duration,
            double ratePerSecond) {
        Duration part = duration.dividedBy(WARMUP_PART);
        return new Load(
                instances.stream()
                        .map(address -> new InetSocketAddress(address, http.port()))
                        .toList(),
                path,
                http::hostOf,
                http.status(),
                connections,
                part.compareTo(LONGEST_WARMUP) < 0 ? part : LONGEST_WARMUP,
                duration,
                ratePerSecond);
    }

    /** Returns how long such a load takes with what is before and after its window, in seconds. */
    public static double seconds(Duration window) {
        return window.toMillis() / 1e3 * (1 + 1.0 / WARMUP_PART) + BETWEEN_SECONDS;
    }

    /** Returns whether requests begin at their own times, whatever became of the ones before. */
    public boolean open() {
        return ratePerSecond > 0;
    }
}
