package dev.bench.measure.memory;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;
import java.util.List;

/**
 * Records how many instances of one target fitted on the host in one trial, and what broke first: a line of
 * {@code fills.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param instances most instances that were up and answered at once
 * @param cause what ended it: {@link #FLOOR}, {@link #SLO}, {@link #FAILURE} or {@link #ADDRESSES}
 * @param reason the same in a sentence; what was seen stands in brackets at its end
 * @param floorMib available memory that had to stay, in MiB
 * @param availableMib available memory at the end, in MiB
 * @param tried numbers of instances that ran and were looked at, in order
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record FillRecord(
        int session,
        int block,
        String target,
        int instances,
        String cause,
        String reason,
        long floorMib,
        long availableMib,
        List<Integer> tried) {
    /** One more would have taken memory that has to stay available. */
    public static final String FLOOR = "floor";

    /** An instance answered too late. */
    public static final String SLO = "slo";

    /** One did not get ready, ended, or did not answer. */
    public static final String FAILURE = "failure";

    /** The lab has no address for more; the host might hold more. */
    public static final String ADDRESSES = "addresses";

    /** Where they are stored. */
    public static final DetailFile<FillRecord> FILE =
            new DetailFile<>("fills.jsonl", FillRecord.class, "how many fitted");

    public FillRecord {
        tried = List.copyOf(tried);
    }
}
