package dev.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.ResultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CatalogueTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void listsResultsOldestFirstWhateverTheirNames() {
        new SampleResult().at(Instant.parse("2026-03-01T00:00:00Z")).write(folder.resolve("a"));
        new SampleResult().at(Instant.parse("2026-01-01T00:00:00Z")).write(folder.resolve("b"));
        new SampleResult().at(Instant.parse("2026-02-01T00:00:00.5Z")).write(folder.resolve("c"));

        assertEquals(List.of("b", "c", "a"), names());
        assertEquals(List.of(), read().skipped());
    }

    @Test
    void findsResultsInFoldersOfTheirOwn() {
        new SampleResult().write(folder.resolve("host1/startup"));
        new SampleResult().write(folder.resolve("team/host2/startup"));

        assertEquals(List.of("host1/startup", "team/host2/startup"), names());
    }

    @Test
    void namesAndSkipsWhatIsNoResult() throws IOException {
        new SampleResult().write(folder.resolve("good"));
        Files.writeString(folder.resolve("notes.txt"), "");
        Files.createDirectories(folder.resolve("empty/within"));
        Files.writeString(Files.createDirectory(folder.resolve("killed")).resolve("launches.jsonl"), "{}");
        write("foreign", "{\"hello\": 1}");
        write("cut", "{\"schema\": \"bench/1\", \"id\": \"");
        write("newer", "{\"schema\": \"bench/2\"}");
        write("array", "[[[[");
        Files.writeString(folder.resolve(".hidden"), "");

        assertEquals(List.of("good"), names());
        List<String> skipped = read().skipped();
        assertEquals(7, skipped.size(), skipped.toString());
        assertSkipped(skipped, "notes.txt: not a result directory");
        assertSkipped(skipped, "empty: not a result directory (no result.json in it)");
        assertSkipped(skipped, "killed: not a result directory (no result.json in it; the run was killed");
        assertSkipped(skipped, "foreign/result.json: not a result of this tool (it names no schema)");
        assertSkipped(skipped, "cut/result.json: not a result of this tool (cut short or damaged at line 1");
        assertSkipped(skipped, "newer/result.json: schema is 'bench/2', this build reads 'bench/1'");
        assertSkipped(skipped, "array/result.json: not a result of this tool (cut short or damaged");
    }

    @Test
    void aScoreboardIsNoResultButTheResultOfAScenarioOfThatNameIsOne() throws IOException {
        Path board = Files.createDirectory(folder.resolve("scoreboard-20261125T120000Z"));
        Files.writeString(board.resolve("report.html"), "");
        Files.createDirectory(folder.resolve("scoreboard-20261125T130000Z"));
        Path result = folder.resolve("scoreboard-20261125T140000Z");
        new SampleResult().scenario("scoreboard").write(result);
        Files.writeString(result.resolve("report.html"), "");

        assertEquals(List.of("scoreboard-20261125T140000Z"), names());
        assertEquals(1, read().skipped().size(), read().skipped().toString());
        assertSkipped(read().skipped(), "scoreboard-20261125T130000Z: not a result directory");
    }

    @Test
    void skipsAResultWithoutFiguresWhoseLaunchesCannotBeRead() throws IOException {
        new SampleResult().notAnalysed().write(folder.resolve("a"));
        Files.delete(folder.resolve("a/launches.jsonl"));
        Files.createDirectory(folder.resolve("a/launches.jsonl"));
        new SampleResult().notAnalysed().write(folder.resolve("b"));
        Files.writeString(folder.resolve("b/launches.jsonl"), "{\n{\n");

        assertEquals(List.of(), names());
        assertSkipped(read().skipped(), "a/launches.jsonl: cannot be read");
        assertSkipped(read().skipped(), "b/launches.jsonl: line 1 is not a launch");
    }

    @Test
    void skipsAResultWhoseTimeNobodyCanPlace() throws IOException {
        for (String time : List.of("yesterday", "+999999999-12-31T00:00:00Z", "1969-01-01T00:00:00Z")) {
            Path result = folder.resolve("odd/result.json");
            new SampleResult().write(folder.resolve("odd"));
            Files.writeString(result, Files.readString(result).replace("2026-01-01T12:00:00Z", time));

            assertEquals(List.of(), names());
            assertTrue(read().skipped().get(0).contains("its startedAt is '" + time + "'"), time);
        }
    }

    @Test
    void followsNoLinkInCircles() throws IOException {
        Files.createDirectory(folder.resolve("below"));
        Files.createSymbolicLink(folder.resolve("below/above"), folder);
        new SampleResult().write(folder.resolve("good"));

        assertEquals(List.of("good"), names());
    }

    @Test
    void refusesWhatIsNoFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");

        assertMessage(file, "not a folder; name the one that `bench run --out` writes to");
        assertMessage(folder.resolve("none"), "no such folder; name the one that `bench run --out` writes to");
    }

    @Test
    void sumsUpWithoutTheCopyOfTheReference() {
        Run run = Run.read("x", new SampleResult().medians(251, 3_000).partial().write(folder.resolve("x")));

        assertEquals(4, run.values().size());
        assertEquals(251, run.value("startup.ready_ms", "container").median());
        assertEquals("vm (emulated)", run.subject().label("vm"));
        assertEquals(
                "Example CPU 3000, 1 socket, 2 cores, 2 threads, 24 GiB",
                run.subject().hostWords());
        assertTrue(run.partial());
        assertFalse(run.facts().containsKey("load average"));
    }

    @Test
    void computesTheFiguresOfAResultThatHasNoneYet() {
        Run run = Run.read(
                "x", new SampleResult().medians(250, 3_000).notAnalysed().write(folder.resolve("x")));

        // Ten launches, evenly spread from 0.984 to 1.02 of the level, without the discarded one.
        assertEquals(250 * 1.002, run.value("startup.ready_ms", "container").median(), 1e-9);
        assertEquals(10, run.value("startup.ready_ms", "vm").n());
    }

    @Test
    void seesTheMarkOfABaseline() {
        new SampleResult().write(folder.resolve("x")).markBaseline(true);

        assertTrue(read().results().get(0).run().baseline());
    }

    private Catalogue.Contents read() {
        return Catalogue.of(folder).read();
    }

    private List<String> names() {
        return read().results().stream().map(stored -> stored.run().name()).toList();
    }

    private void write(String name, String text) throws IOException {
        Files.writeString(Files.createDirectory(folder.resolve(name)).resolve("result.json"), text);
    }

    private void assertSkipped(List<String> skipped, String reason) {
        assertTrue(
                skipped.stream().anyMatch(entry -> entry.startsWith(folder.resolve("") + "/" + reason)),
                reason + " is not in " + skipped);
    }

    private static void assertMessage(Path path, String message) {
        ResultException refused = assertThrows(ResultException.class, () -> Catalogue.of(path));
        assertEquals(path + ": " + message, refused.getMessage());
    }
}
