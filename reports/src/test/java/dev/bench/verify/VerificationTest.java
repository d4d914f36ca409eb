package dev.bench.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.report.Reports;
import dev.bench.report.Samples;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Verifies reports as they are written, and after somebody has changed them. */
final class VerificationTest {
    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @ValueSource(ints = {4, 6, 12, 20, 45})
    void agreesWithWhatTheAnalysisPrinted(int blocks) {
        Reports.write(Samples.store(directory, "plain", blocks));

        for (Path path : List.of(directory, directory.resolve("report.html"))) {
            Verification verification = Verification.of(path);
            assertEquals(List.of(), verification.disagreements());
            assertTrue(verification.verified() > 70, "only " + verification.verified() + " figures");
            assertTrue(verification.unverified().contains("verdicts, p-values and outlier counts"));
        }
    }

    @Test
    void namesTheOneFigureThatWasChanged() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve("report.html");
        String page = Files.readString(report);
        String median = page.replaceFirst("(?s).*?<strong>(\\d[^<]*)</strong>.*", "$1");
        Files.writeString(report, page.replaceFirst("<strong>" + median, "<strong>" + median.replace('4', '5')));

        assertEquals(1, Verification.of(report).disagreements().size());
        assertTrue(
                Verification.of(report)
                        .disagreements()
                        .get(0)
                        .startsWith("report.html, Startup to ready of process: median is printed as 5"),
                Verification.of(report).disagreements()::toString);
    }

    @ParameterizedTest
    @ValueSource(strings = {"report.html", "report.md"})
    void seesAChangedHeadline(String name) throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve(name);
        String text = Files.readString(report);
        String ratio = text.replaceFirst("(?s).*?; process [^,;]*, ([0-9.]+)×.*", "$1");
        Files.writeString(
                report, text.replaceFirst("(?s)(<h1>|### )(.*?, )" + ratio + "×", "$1$2" + "7" + ratio + "×"));

        List<String> disagreements = Verification.of(directory).disagreements();
        assertEquals(1, disagreements.size(), disagreements::toString);
        assertTrue(
                disagreements.get(0).startsWith(name + ", headline, process: ratio is printed as 7" + ratio),
                disagreements::toString);
    }

    @Test
    void seesAChangedLaunch() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path launches = directory.resolve("launches.jsonl");
        List<String> lines = Files.readAllLines(launches);
        lines.set(40, lines.get(40).replaceFirst("\"startup.ready_ms\":[0-9.]+", "\"startup.ready_ms\":9999.5"));
        Files.write(launches, lines);

        List<String> disagreements = Verification.of(directory).disagreements();

        assertTrue(
                disagreements.contains("report.html, the raw launches in it are not those of launches.jsonl"),
                disagreements::toString);
        assertTrue(disagreements.stream().anyMatch(one -> one.startsWith("result.json, startup.ready_ms of ")));
    }

    @Test
    void seesAChangedDigest() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve("report.html");
        Files.writeString(
                report,
                Files.readString(report)
                        .replaceFirst("raw launches: [0-9a-f]{64}", "raw launches: " + "ab".repeat(32)));

        assertTrue(Verification.of(report).disagreements().get(0).startsWith("report.html, digest is abab"));
    }
}
