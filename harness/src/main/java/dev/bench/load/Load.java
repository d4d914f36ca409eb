package dev.bench.load;

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
    public Load {
        servers = List.copyOf(servers);
        if (servers.isEmpty()) {
            throw new IllegalArgumentException("there is no server to load");
        }
    }

    /** Returns whether requests begin at their own times, whatever became of the ones before. */
    public boolean open() {
        return ratePerSecond > 0;
    }
}
