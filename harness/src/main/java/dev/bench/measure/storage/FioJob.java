package dev.bench.measure.storage;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is what fio says of one job in its format {@code json+}, in which a latency's bins are nanoseconds with their counts.
 *
 * @param operations how many reads or writes
 * @param bytes how much they moved
 * @param millis how long fio was at it
 * @param perSecond operations per second, by fio's own count
 * @param latency of reads or writes
 * @param sync of what made writes last, such as fsync; empty where there was none
 */
record FioJob(long operations, long bytes, double millis, double perSecond, Latency latency, Latency sync) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Is a distribution.
     *
     * @param meanNanos its mean; 0 where there is none
     * @param counts how often each latency was seen, in nanoseconds
     */
    record Latency(double meanNanos, Map<Long, Long> counts) {
        private static Latency of(JsonNode node) {
            Map<Long, Long> counts = new TreeMap<>();
            node.path("bins")
                    .fields()
                    .forEachRemaining(bin -> counts.put(
                            Long.parseLong(bin.getKey()), bin.getValue().asLong()));
            return new Latency(node.path("mean").asDouble(), counts);
        }

        long count() {
            return counts.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * Reads what fio wrote about its only job.
     *
     * @throws IOException where that is no such thing
     */
    static FioJob parse(String text) throws IOException {
        JsonNode job = JSON.readTree(text).path("jobs").path(0);
        // Operations on whole files count as reads.
        JsonNode direction = List.of("read", "write").stream()
                .map(job::path)
                .filter(node -> node.path("total_ios").asLong() > 0)
                .findFirst()
                .orElseThrow(() -> new IOException("fio counted no operation"));
        return new FioJob(
                direction.path("total_ios").asLong(),
                direction.path("io_bytes").asLong(),
                direction.path("runtime").asDouble(),
                direction.path("iops").asDouble(),
                Latency.of(direction.path("clat_ns")),
                Latency.of(job.path("sync").path("lat_ns")));
    }
}
