package dev.bench.view.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.measure.storage.StorageMetrics;
import dev.bench.measure.storage.StorageRecord;
import dev.bench.report.Reports;
import dev.bench.report.Samples;
import dev.bench.result.Launch;
import dev.bench.result.Quantile;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StorageViewTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    private ResultStore store;

    @BeforeEach
    void storeAResult() {
        store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            trial(block, "layer", 6_000 + block, 2.5);
            trial(block, "volume", 3_000 + block, 5.0);
        }
        kept("layer", "restart", true, null);
        kept("layer", PersistenceRecord.REMOVAL, false, null);
        kept("layer", "host reboot", null, "an existing engine is not started anew");
        kept("volume", "restart", true, null);
        kept("volume", PersistenceRecord.REMOVAL, true, null);
        store.write("scenario.yaml", "name: storage\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());
    }

    @Test
    void showsWhatIsKeptWhereItWasSeenAndWhyNot() throws IOException {
        Reports.write(store);
        String markdown = Files.readString(directory.resolve("report.md"));

        assertTrue(markdown.contains("| target | place | restart | removal | host reboot |"), markdown);
        assertTrue(
                markdown.contains(
                        "| layer | place of layer | kept | lost | not seen: an existing engine is not started anew |"),
                markdown);
        assertTrue(markdown.contains("| volume | place of volume | kept | kept | – |"), markdown);
    }

    @Test
    void saysWhichIsFasterAndShowsTheTail() throws IOException {
        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));

        assertTrue(
                html.contains("<h1>storage, synchronous writes: "),
                html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
        assertTrue(html.contains("fsync after a random write of 4 KiB"));
        assertTrue(html.contains("What is kept"));
    }

    @Test
    void aPercentileThatAClientDoesNotTellIsLeftOut() throws IOException {
        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));

        String table = html.substring(html.lastIndexOf("Redis, a SET"));
        String row = table.substring(table.indexOf("<tbody>"), table.indexOf("</tr>", table.indexOf("<tbody>")))
                .replaceAll("<[^>]*>", " ")
                .replaceAll("\\s+", " ")
                .strip();
        assertEquals("layer 0.125 ms – 1.25 ms – 5 ms", row);
    }

    @Test
    void theFirstOfTheJobsThatWereDoneIsSpokenOf(@TempDir Path other) throws IOException {
        store = ResultStore.create(other);
        for (int block = 0; block <= BLOCKS; block++) {
            launch(block, "layer", Map.of(StorageMetrics.REDIS.id(), 500.0 + block));
            launch(block, "volume", Map.of(StorageMetrics.REDIS.id(), 900.0 + block));
        }
        store.write("scenario.yaml", "name: storage\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());
        Reports.write(store);

        String html = Files.readString(other.resolve("report.html"));
        assertTrue(
                html.contains("<h1>storage, Redis SETs: "),
                html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
    }

    @Test
    void answersWhatPeopleAsk() {
        assertEquals(
                List.of(
                        "How fast is a synchronous write?",
                        "How many transactions does PostgreSQL commit?",
                        "How many SETs does Redis keep?",
                        "What is kept when it is removed?"),
                new StorageView()
                        .questions().stream().map(question -> question.words()).toList());
    }

    private void trial(int block, String target, double perSecond, double tail) {
        store.append(
                StorageRecord.FILE,
                new StorageRecord(
                        1,
                        block,
                        target,
                        block == 0,
                        "place of " + target,
                        List.of(
                                new StorageRecord.Job(
                                        "sync_write",
                                        1_000,
                                        4_096_000,
                                        1_000,
                                        List.of(new Quantile(50, tail / 10), new Quantile(99, tail))),
                                new StorageRecord.Job(
                                        "redis",
                                        1_000,
                                        0,
                                        500,
                                        List.of(
                                                new Quantile(50, tail / 20),
                                                new Quantile(95, tail / 4),
                                                new Quantile(99, tail / 2),
                                                new Quantile(100, 2 * tail))))));
        launch(
                block,
                target,
                Map.of(StorageMetrics.SYNC_WRITE.id(), perSecond, StorageMetrics.SYNC_WRITE_P99.id(), tail));
    }

    private void launch(int block, String target, Map<String, Double> values) {
        store.append(
                new Launch(1, block, 0, target, block == 0, true, "2026-11-27T12:00:00Z", values, List.of(), null));
    }

    private void kept(String target, String event, @Nullable Boolean kept, @Nullable String reason) {
        store.append(PersistenceRecord.FILE, new PersistenceRecord(target, "place of " + target, event, kept, reason));
    }

    private static Result result() {
        return Samples.of("storage", BLOCKS, List.of(target("layer"), target("volume")));
    }

    private static Result.TargetFacts target(String name) {
        return new Result.TargetFacts(name, TargetKind.CONTAINER, "docker", false, Map.of(), null);
    }
}
