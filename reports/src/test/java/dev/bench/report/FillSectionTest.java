package dev.bench.report;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.StoredResults;
import dev.bench.measure.memory.FillRecord;
import dev.bench.result.ResultStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Shows how many instances fit. */
final class FillSectionTest {
    @TempDir
    private Path folder = Path.of("");

    @Test
    void saysHowManyFitAndWhatBreaksFirst() throws Exception {
        ResultStore store = stored("filled");
        for (int block = 1; block <= 3; block++) {
            store.append(
                    FillRecord.FILE,
                    new FillRecord(
                            1,
                            block,
                            "container",
                            40 + block,
                            FillRecord.FLOOR,
                            "available memory would go below the floor (" + block + " MiB above it)",
                            2_400,
                            2_401,
                            List.of(1, 2, 4, 8, 16, 32, 40 + block)));
        }
        store.append(
                FillRecord.FILE,
                new FillRecord(
                        1,
                        1,
                        "other",
                        7,
                        FillRecord.FAILURE,
                        "one more did not get ready: <no>",
                        2_400,
                        9_000,
                        List.of(7)));

        Reports.write(store);

        String html = Files.readString(store.directory().resolve("report.html"));
        assertTrue(html.contains("<h2>How many fit</h2>"), html);
        assertTrue(html.contains("<strong>42</strong></td><td>41–43</td>"), html);
        assertTrue(html.contains("below the floor (3 MiB above it)"), html);
        assertTrue(html.contains("2,400 MiB") || html.contains("2400 MiB"), html);
        assertTrue(html.contains("get ready: &lt;no&gt;"), html);
        String markdown = Files.readString(store.directory().resolve("report.md"));
        assertTrue(markdown.contains("How many fit") && markdown.contains("below the floor"), markdown);
    }

    @Test
    void aResultThatWasNotFilledHasNoSuchSection() throws Exception {
        ResultStore store = stored("plain");

        Reports.write(store);

        assertFalse(Files.readString(store.directory().resolve("report.html")).contains("How many fit"));
    }

    private ResultStore stored(String name) {
        Path directory = folder.resolve(name);
        new StoredResults()
                .scenario(name, "memory")
                .metric("memory.marginal_mib")
                .also("memory.fits", 10)
                .target("container", 3)
                .target("other", 4)
                .store(directory);
        return new ResultStore(directory);
    }
}
