package dev.bench.measure.storage;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import org.jspecify.annotations.Nullable;

/**
 * Records what was left of a file after one event: a line of {@code persistence.jsonl}.
 *
 * @param target name of the target
 * @param place what the file was kept in, as half a sentence
 * @param event what happened, in words
 * @param kept whether the file was there with what had been written; null where that was not seen
 * @param reason why it was not seen; null where it was
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record PersistenceRecord(
        String target,
        String place,
        String event,
        @Nullable Boolean kept,
        @Nullable String reason) {
    /** The event that a removed instance's data is asked for after. */
    public static final String REMOVAL = "removal";

    /** Where they are stored. */
    public static final DetailFile<PersistenceRecord> FILE =
            new DetailFile<>("persistence.jsonl", PersistenceRecord.class, "what was kept");
}
