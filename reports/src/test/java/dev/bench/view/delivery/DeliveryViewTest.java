package dev.bench.view.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.delivery.DeliveryCase;
import dev.bench.measure.delivery.DeliveryMetrics;
import dev.bench.measure.delivery.DeliveryRecord;
import dev.bench.report.Reports;
import dev.bench.report.Samples;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import dev.bench.view.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryViewTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    @Test
    void showsWhatWasMovedWhatWasThereBeforeAndTheWayToTheFirstAnswer() throws IOException {
        ResultStore store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            trial(store, block, "container", 400 + 10 * block, 300, 22);
            trial(store, block, "vm", 800 + 10 * block, 3_000, 80);
        }
        store.write("scenario.yaml", "name: delivery\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());

        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));
        assertTrue(
                html.contains("<h1>delivery, pull to ready: container 735 ms; vm 3.84 s, 5.22×"),
                html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
        for (String part : List.of(
                "The link to the registry: 100Mbit.",
                "From the pull to the first answer",
                "held before",
                "unchanged",
                "22 MiB",
                "one registry, of the run&#39;s own where none is named")) {
            assertTrue(html.contains(part) || html.contains(part.replace("&#39;", "'")), part);
        }
        assertFalse(html.contains("NaN"));
        assertFalse(html.contains("100Mbit, 100Mbit"));
    }

    @Test
    void theMedianIsThatOfTheMeasuredOnes() {
        List<DeliveryRecord> records = List.of(
                record(1, "t", DeliveryCase.FIRST, 30, 1, 1),
                record(2, "t", DeliveryCase.FIRST, 10, 1, 1),
                record(3, "t", DeliveryCase.FIRST, 20, 1, 1));

        assertEquals(20, new Deliveries("t", "first", records).median(DeliveryRecord::pullMs));
    }

    @Test
    void asksOfWhatIsPulledAndOfItsNextRelease() {
        assertEquals(
                List.of(
                        "How long until a pulled image answers?",
                        "How much has to be moved for a pull?",
                        "How long until its next release answers?",
                        "How much has to be moved for the next release?"),
                new DeliveryView().questions().stream().map(Question::words).toList());
    }

    private static void trial(
            ResultStore store, int block, String target, double pullMs, double startMs, double mebibytes) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (DeliveryCase each : DeliveryCase.values()) {
            DeliveryRecord record = record(block, target, each, pullMs / (1 + each.ordinal()), startMs, mebibytes);
            store.append(DeliveryRecord.FILE, record);
            values.put(each.of(DeliveryMetrics.TO_READY).id(), record.readyMs());
            values.put(each.of(DeliveryMetrics.PULL).id(), record.pullMs());
            values.put(each.of(DeliveryMetrics.MOVED).id(), record.pulledMib());
            values.put(each.of(DeliveryMetrics.PUSH).id(), record.pushMs());
        }
        store.append(
                new Launch(1, block, 0, target, block == 0, true, "2026-11-27T12:00:00Z", values, List.of(), null));
    }

    private static DeliveryRecord record(
            int block, String target, DeliveryCase each, double pullMs, double startMs, double mebibytes) {
        boolean first = each == DeliveryCase.FIRST;
        return new DeliveryRecord(
                1,
                block,
                target,
                block == 0,
                each.label(),
                "100Mbit",
                2 * pullMs,
                first ? mebibytes : 1,
                first ? 0 : 2 * mebibytes,
                pullMs,
                first ? mebibytes : 1,
                pullMs + startMs,
                2 * mebibytes);
    }

    private static Result result() {
        return Samples.of(
                "delivery",
                BLOCKS,
                List.of(
                        new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                        new Result.TargetFacts("vm", TargetKind.VM, "libvirt", false, Map.of(), null)));
    }
}
