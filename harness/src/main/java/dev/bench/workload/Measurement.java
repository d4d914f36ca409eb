package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bench.result.Measure;

/** Says what is measured of a workload, with everything that only this measure has to know. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
@JsonSubTypes({@JsonSubTypes.Type(value = Measurement.Startup.class, name = "startup")})
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
}
