package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Says what an instance of a target writes over its image, seen once and untimed.
 *
 * @param form what keeps it, such as {@code overlayfs}
 * @param ready what was written when the instance was ready
 * @param load what it was asked for then, in words; empty where the scenario has no load
 * @param loaded what was written after that; null where it has none, or a request failed
 * @param ended what was written when it had ended; null where it did not end when it was asked to
 * @param firstWrite what a write into a large file of the image takes
 * @param traceFound whether a file was found in it that an instance before it had written, which was removed; null where it
 *     could not be looked for
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record WritableLayer(
        String form,
        Content ready,
        String load,
        @Nullable Content loaded,
        @Nullable Content ended,
        FirstWrite firstWrite,
        @Nullable Boolean traceFound) {
    public WritableLayer {
        load = Objects.requireNonNullElse(load, "");
    }

    /**
     * Holds what was written.
     *
     * @param bytes on the host's disk
     * @param files how many files were written, copied up or removed; null where only blocks are seen
     * @param largest paths of the largest of them, the largest first
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Content(long bytes, @Nullable Integer files, List<String> largest) {
        public Content {
            largest = List.copyOf(largest);
        }
    }

    /**
     * Says what opening a file, writing a byte of it and waiting until the disk has it takes, by the instance's own clock.
     *
     * @param file a large one of the image
     * @param bytes its size
     * @param firstMs the first time
     * @param secondMs the second time
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record FirstWrite(String file, long bytes, double firstMs, double secondMs) {}
}
