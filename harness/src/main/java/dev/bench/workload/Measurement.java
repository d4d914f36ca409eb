package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bench.result.Measure;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says what is measured of a workload, with everything that only this measure has to know. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Measurement.Startup.class, name = "startup"),
    @JsonSubTypes.Type(value = Measurement.Memory.class, name = "memory")
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
}
