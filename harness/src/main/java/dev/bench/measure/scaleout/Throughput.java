package dev.bench.measure.scaleout;

import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says what running instances are asked.
 *
 * @param instances numbers of instances to measure, upwards
 * @param connections kept connections in all
 * @param duration the measured window of each load
 * @param path what is asked for
 * @param ratesEach open loads: requests per second and instance
 * @param shares open loads: shares of what the closed loop reached with as many instances
 * @param slo the bound of the 99th percentile at the first of the rates each, or null where none is declared
 */
public record Throughput(
        List<Integer> instances,
        int connections,
        Duration duration,
        String path,
        List<Double> ratesEach,
        List<Double> shares,
        @Nullable Duration slo) {
    public Throughput {
        instances = List.copyOf(instances);
        ratesEach = List.copyOf(ratesEach);
        shares = List.copyOf(shares);
    }

    /** Returns the largest number of instances. */
    public int most() {
        return instances.get(instances.size() - 1);
    }
}
