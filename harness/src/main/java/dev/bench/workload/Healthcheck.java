package dev.bench.workload;

import java.time.Duration;
import java.util.List;

/**
 * Says how a service is known to be healthy: a program executed inside it, again and again, as its user, in its directory and
 * with its environment.
 *
 * @param argv the program and its arguments; found by the image's {@code PATH} where it holds no slash
 * @param interval rest from the end of one execution to the begin of the next, and before the first
 * @param timeout how long one may take
 * @param startPeriod from the start, failures within this time do not count
 * @param startInterval the rest within that time, and before the first
 * @param retries how many failures in a row make the service unhealthy
 */
public record Healthcheck(
        List<String> argv,
        Duration interval,
        Duration timeout,
        Duration startPeriod,
        Duration startInterval,
        int retries) {
    public Healthcheck {
        argv = List.copyOf(argv);
    }
}
