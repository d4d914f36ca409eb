package dev.bench.measure.delivery;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import dev.bench.result.DetailFile;

/**
 * Records one delivery: a line of {@code deliveries.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param warmup whether the delivery belongs to a discarded block
 * @param kind the label of a {@link DeliveryCase}
 * @param link what lies between the registry and the rest
 * @param pushMs how long the push took, in milliseconds
 * @param pushedMib what passed the link during it, in MiB
 * @param heldMib what the side that pulls held of images before, on disk, in MiB
 * @param pullMs how long the pull took
 * @param pulledMib what passed the link during it
 * @param readyMs from the pull's request to the first correct response of an instance
 * @param holdsMib what the side that pulled holds of images afterwards, on disk
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record DeliveryRecord(
        int session,
        int block,
        String target,
        boolean warmup,
        String kind,
        String link,
        double pushMs,
        double pushedMib,
        double heldMib,
        double pullMs,
        double pulledMib,
        double readyMs,
        double holdsMib) {
    /** Where deliveries are stored. */
    public static final DetailFile<DeliveryRecord> FILE =
            new DetailFile<>("deliveries.jsonl", DeliveryRecord.class, "a delivery");
}
