package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bench.result.Measure;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is measured of a workload, with everything that only this measure has to know. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Measurement.Startup.class, name = "startup"),
    @JsonSubTypes.Type(value = Measurement.Memory.class, name = "memory"),
    @JsonSubTypes.Type(value = Measurement.ScaleOut.class, name = "scale-out")
})
public sealed interface Measurement {
    /** Returns which measure this is. */
    Measure measure();

    /** Asks for one launch after another, each from the request to readiness. */
    record Startup() implements Measurement {
        @Override
        public Measure measure() {
            return Measure.STARTUP;
        }
    }

    /**
     * Asks for instances side by side, step by step, and for what the host loses to them.
     *
     * @param instances how many run at each step, strictly increasing, the first at least 1
     * @param requests HTTP requests sent to every instance before the reading after load; 0 for no such reading
     * @param floorBytes available memory below which no further step is taken, or null for a tenth of the host's memory
     */
    record Memory(
            List<Integer> instances, int requests, @Nullable Long floorBytes) implements Measurement {
        private static final long FLOOR_SHARE = 10;

        public Memory {
            instances = List.copyOf(instances);
        }

        @Override
        public Measure measure() {
            return Measure.MEMORY;
        }

        /** Returns the number of instances at the last step. */
        public int most() {
            return instances.get(instances.size() - 1);
        }

        /** Returns the floor on a host with this much memory, both in bytes. */
        public long floorOn(long hostBytes) {
            return floorBytes == null ? hostBytes / FLOOR_SHARE : floorBytes;
        }
    }

    /**
     * Asks for many instances at once, for one more beside them, and for the requests they answer together.
     *
     * @param starts how the instances are started
     * @param throughput what they are asked, or null where only starts are measured
     */
    record ScaleOut(Starts starts, @Nullable Throughput throughput) implements Measurement {
        @Override
        public Measure measure() {
            return Measure.SCALE_OUT;
        }
    }

    /**
     * Says how instances are started.
     *
     * @param instances how many
     * @param concurrency how many starts are under way at a time; in the open loop no limit
     * @param ratePerSecond starts that begin per second, whatever became of the ones before; 0 for the closed loop, where
     *     the next begins when one is ready
     */
    record Starts(int instances, int concurrency, double ratePerSecond) {}

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
    record Throughput(
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
}
