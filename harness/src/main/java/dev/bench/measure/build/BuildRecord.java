package dev.bench.measure.build;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Records one build: a line of {@code builds.jsonl}. All times are milliseconds since the build was requested, on the host's
 * monotonic clock.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the build belongs to a discarded block
 * @param kind {@link #COLD}, {@link #UNCHANGED} or {@link #CHANGE}
 * @param change name of the change that was made before; empty where none was
 * @param ms how long the build took
 * @param readyMs when an instance of the image gave its first correct response; null where none was launched
 * @param newMib what the image before did not have, in MiB; null for a cold build
 * @param layers number of layers above the base; null where the image has none
 * @param layersReused how many of those the image before had too; null where there is no such image or it has none
 * @param parts what the time went into, one after the other
 * @param steps what the builder did, in order of their beginning; several may go on at the same time
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record BuildRecord(
        int session,
        int block,
        String target,
        boolean warmup,
        String kind,
        String change,
        double ms,
        @Nullable Double readyMs,
        @Nullable Double newMib,
        @Nullable Integer layers,
        @Nullable Integer layersReused,
        List<Part> parts,
        List<Step> steps) {
    /** A build with empty caches. */
    public static final String COLD = "cold";

    /** A build of what has just been built. */
    public static final String UNCHANGED = "unchanged";

    /** A build after a change. */
    public static final String CHANGE = "change";

    /** Where builds are stored. */
    public static final DetailFile<BuildRecord> FILE = new DetailFile<>("builds.jsonl", BuildRecord.class, "a build");

    public BuildRecord {
        parts = List.copyOf(parts);
        steps = List.copyOf(steps);
    }

    /**
     * Is one part of the time from the request on.
     *
     * @param name {@code build}, {@code load}, {@code flatten}, {@code disk} or {@code start}
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Part(String name, double startMs, double endMs) {
        /** Returns how long it took. */
        public double lengthMs() {
            return endMs - startMs;
        }
    }

    /**
     * Is one step of a builder.
     *
     * @param text as the builder names it, for an instruction of the Dockerfile as it is written there
     * @param line of the Dockerfile; 0 for a step that is none of its instructions
     * @param cached whether its outcome was taken from the cache
     */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Step(String text, int line, boolean cached, double startMs, double endMs) {
        /** Returns how long it took. */
        public double lengthMs() {
            return endMs - startMs;
        }
    }
}
