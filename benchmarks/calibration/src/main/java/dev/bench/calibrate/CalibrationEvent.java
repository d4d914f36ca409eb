package dev.bench.calibrate;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bench.figure.Figure;
import org.jspecify.annotations.Nullable;

/**
 * Carries one message of the calibrating JVM, a line of JSON. Exactly one component is set.
 *
 * @param stage what begins now
 * @param figure a figure that was taken
 * @param failure why it could not go on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record CalibrationEvent(
        @Nullable String stage,
        @Nullable Figure figure,
        @Nullable String failure) {
    /** What a line starts with, so that anything a native library prints is told apart. */
    static final String PREFIX = "bench-calibration ";
}
