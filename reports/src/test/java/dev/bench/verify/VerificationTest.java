package dev.bench.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.analysis.SignedRank;
import dev.bench.report.Reports;
import dev.bench.report.Samples;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.commons.statistics.inference.TTest;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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
            assertFalse(verification.unverified().toString().contains("verdict"), verification.unverified()::toString);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a | b",
                "<i>&amp;&lt;</i> @team #1",
                "tab\\tand  blanks\\u0007",
                "*_[x](y)~`\\\\",
                "one; vm 5 ms, 3×: 2",
                "x (emulated)"
            })
    void agreesWhateverATargetIsCalled(String name) throws IOException {
        Samples.store(directory, "plain", 20);
        for (String file : List.of("result.json", "launches.jsonl")) {
            Path path = directory.resolve(file);
            String text = Files.readString(path).replace("\"kind\" : \"vm\"", "\"kind\" : \"\\u0076m\"");
            Files.writeString(path, text.replace("\"vm\"", "\"" + name + "\""));
        }
        Reports.write(new ResultStore(directory));

        Verification verification = Verification.of(directory);
        assertEquals(List.of(), verification.disagreements());
        assertTrue(verification.verified() > 70, "only " + verification.verified() + " figures");
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
    @ValueSource(strings = {"report.html", "report.md", "result.json"})
    void seesAChangedVerdict(String name) throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve(name);
        String text = Files.readString(report);
        Files.writeString(report, text.replaceFirst("([>\"|] *)lower", "$1inconclusive"));

        List<String> disagreements = Verification.of(directory).disagreements();
        assertEquals(1, disagreements.size(), disagreements::toString);
        assertTrue(
                disagreements.get(0).endsWith("verdict is inconclusive, the raw launches give lower"),
                disagreements::toString);
    }

    /** Figures that are gone or stand there twice are as wrong as changed ones. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "metrics; 0; ; result.json, startup.ready_ms of process is missing, and the raw launches give it",
                "metrics; -1; ; result.json, startup.ready_ms of process stands there twice",
                "metrics; 0; unit=s; result.json, startup.ready_ms of process: unit is \"s\" in place of \"ms\"",
                "comparisons; 0; ; result.json, comparison with the reference, startup.ready_ms of process is missing, and"
                        + " the raw launches give it",
                "comparisons; 0; reference=vm; result.json, startup.ready_ms of process against the reference: reference is"
                        + " \"vm\" in place of \"container\"",
                "comparisons; 0; pairs=9; result.json, startup.ready_ms of process against the reference: pairs is 9, the raw"
                        + " launches give 20.0"
            })
    void seesRowsThatAreGoneOrAreOfSomethingElse(String table, int row, @Nullable String change, String expected)
            throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        ObjectMapper json = new ObjectMapper();
        Path file = directory.resolve("result.json");
        ObjectNode result = (ObjectNode) json.readTree(file.toFile());
        ArrayNode rows = (ArrayNode) result.get(table);
        if (change != null) {
            String[] parts = change.split("=");
            ((ObjectNode) rows.get(row)).set(parts[0], value(json, parts[1]));
        } else if (row < 0) {
            rows.add(rows.get(0).deepCopy());
        } else {
            rows.remove(row);
        }
        json.writeValue(file.toFile(), result);

        List<String> disagreements = Verification.of(directory).disagreements();
        assertTrue(disagreements.contains(expected), disagreements::toString);
    }

    private static JsonNode value(ObjectMapper json, String text) {
        return text.matches("[0-9]+")
                ? json.getNodeFactory().numberNode(Integer.parseInt(text))
                : json.getNodeFactory().textNode(text);
    }

    @Test
    void seesARowThatWasTakenOutOfAReport() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve("report.md");
        Files.write(
                report,
                Files.readAllLines(report).stream()
                        .filter(line -> !line.startsWith("| process |"))
                        .toList());

        List<String> disagreements = Verification.of(directory).disagreements();
        assertTrue(
                disagreements.contains(
                        "report.md, startup.ready_ms of process is missing, and the raw launches give it"),
                disagreements::toString);
    }

    @ParameterizedTest
    @CsvSource({
        "'(values in ms, in launch order.*?<span class=\"wrap\">)[0-9]', Every launch of process are printed as 9",
        "'(>at \\(median\\)</th>.*?<th scope=\"row\">[a-z]+</th><td>)[0-9]', is printed as 9"
    })
    void seesAChangedValueBelowAPlot(String where, String expected) throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve("report.html");
        String page = Files.readString(report);
        String changed = page.replaceFirst("(?s)" + where, "$19");
        assertNotEquals(page, changed);
        Files.writeString(report, changed);

        List<String> disagreements = Verification.of(directory).disagreements();
        assertEquals(1, disagreements.size(), disagreements::toString);
        assertTrue(disagreements.get(0).contains(expected), disagreements::toString);
    }

    @Test
    void namesTheFilesThatItDoesNotVerify() {
        Reports.write(Samples.store(directory, "plain", 20));

        assertTrue(Verification.of(directory).unverified().stream()
                .anyMatch(what -> what.startsWith("the other files: ")));
    }

    @Test
    void saysWhatADirectoryOfResultsLacks() {
        assertEquals(
                directory + ": holds no launches.jsonl; name a directory that `bench run` wrote, or a report.html",
                assertThrows(ResultException.class, () -> Verification.of(directory))
                        .getMessage());
    }

    @Test
    void seesAChangedBar() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path report = directory.resolve("report.html");
        Files.writeString(
                report,
                Files.readString(report).replaceFirst("a difference takes [0-9.]+ %", "a difference takes 1 %"));

        assertTrue(Verification.of(report)
                .disagreements()
                .toString()
                .contains("Startup to ready: what a difference takes is printed as 1, "));
    }

    /** The analysis takes its tests from a library; the two must not only agree where a verdict hangs on them. */
    @ParameterizedTest
    @ValueSource(ints = {2, 3, 9, 10, 25, 200, 201, 400})
    void testsAsTheAnalysisDoes(int pairs) {
        SplittableRandom random = new SplittableRandom(pairs);
        List<Double> differences = Stream.generate(() -> Math.round(random.nextGaussian(0.3, 1) * 20) / 20.0)
                .limit(pairs)
                .toList();
        double[] values = differences.stream().mapToDouble(Double::doubleValue).toArray();

        double expected = pairs < 10 ? TTest.withDefaults().test(values).getPValue() : new SignedRank(values).pValue();
        assertEquals(expected, new Sample(differences).chanceOfNoDifference(), 1e-9);
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
    void takesALastLaunchThatLacksItsLineFeed() throws IOException {
        Reports.write(Samples.store(directory, "plain", 20));
        Path launches = directory.resolve("launches.jsonl");
        Files.writeString(launches, Files.readString(launches).stripTrailing());

        assertEquals(List.of(), Verification.of(directory).disagreements());
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
