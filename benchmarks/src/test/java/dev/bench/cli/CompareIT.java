package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compares and explains as a user does; needs no engine. */
final class CompareIT {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void writesEveryOutputAndEndsWith3WhereSomethingRegressed() throws Exception {
        jmh("base.json", 100);
        jmh("head.json", 130);

        Bench.Outcome outcome = new Bench(directory)
                .run(
                        "compare",
                        "--html",
                        "out.html",
                        "--junit",
                        "out.xml",
                        "--markdown",
                        "out.md",
                        "--openmetrics",
                        "out.om",
                        "base.json",
                        "head.json");

        assertEquals(3, outcome.status(), outcome.err());
        assertTrue(
                outcome.out().startsWith("verdict: head.json against base.json: regressed (1 regressed)"),
                outcome.out());
        assertTrue(outcome.out().contains("note: forks are taken as blocks"), outcome.out());
        assertFalse(outcome.err().contains("::error"), outcome.err());
        assertTrue(read("out.html").startsWith("<!DOCTYPE html>"));
        assertTrue(read("out.xml").contains("<failure"));
        assertTrue(read("out.md").startsWith("### head.json against base.json: regressed"));
        assertTrue(read("out.om").endsWith("# EOF\n"));
    }

    @Test
    void endsWith0Or4WhereNothingIsDecided() throws Exception {
        jmh("base.json", 100);
        Files.writeString(directory.resolve("head.json"), read("base.json").replace("ns/op", "B/op"));
        Bench bench = new Bench(directory);

        assertEquals(0, bench.run("compare", "base.json", "head.json").status());
        Bench.Outcome strict = bench.run("compare", "--strict", "--json", "base.json", "head.json");
        assertEquals(4, strict.status());
        assertTrue(strict.out().contains("\"verdict\" : \"inconclusive\""), strict.out());
    }

    @Test
    void annotatesAndSumsUpOnGithub() throws Exception {
        jmh("base.json", 100);
        jmh("head.json", 130);
        Path summary = directory.resolve("summary.md");
        Files.writeString(summary, "before\n");
        Map<String, String> github = Map.of("GITHUB_ACTIONS", "true", "GITHUB_STEP_SUMMARY", summary.toString());

        Bench.Outcome outcome = new Bench(directory, github).run("compare", "--json", "base.json", "head.json");

        assertEquals(3, outcome.status());
        assertTrue(outcome.err().contains("::error title=bench%3A regressed::a.B.c:avgt of default"), outcome.err());
        assertTrue(outcome.out().startsWith("{"), outcome.out());
        assertTrue(read("summary.md").startsWith("before\n### head.json against base.json"), read("summary.md"));
    }

    @Test
    void bentInputIsOneLineAndAStatusOf2() throws Exception {
        jmh("base.json", 100);
        Files.writeString(directory.resolve("foreign.json"), "{\"some\": \"thing\"}");
        Bench bench = new Bench(directory);

        for (List<String> arguments : List.of(
                List.of("compare", "base.json", "missing.json"),
                List.of("compare", "base.json", "foreign.json"),
                List.of("compare", "base.json", "base.json"),
                List.of("explain", "base.json", "foreign.json", "a.B.c:avgt"),
                List.of("explain", "base.json", "a.B.c:avgt"),
                List.of("explain", "missing", "startup.ready_ms"))) {
            Bench.Outcome outcome = bench.run(arguments.toArray(String[]::new));
            assertEquals(2, outcome.status(), arguments + ": " + outcome.err());
            assertEquals(1, outcome.err().lines().count(), outcome.err());
            assertEquals("", outcome.out());
        }
        jmh("head.json", 130);
        Bench.Outcome unwritable = bench.run("compare", "--html", "no/such/x.html", "base.json", "head.json");
        assertEquals(2, unwritable.status());
        assertTrue(unwritable.err().contains("--html: cannot write no/such/x.html"), unwritable.err());
        assertEquals(2, bench.run("compare", "base.json").status());
        assertEquals(2, bench.run("simulate", "--repetitions", "0").status());
    }

    @Test
    void explainsStepByStep() throws Exception {
        jmh("base.json", 100);
        jmh("head.json", 130);

        Bench.Outcome outcome = new Bench(directory).run("explain", "base.json", "head.json", "a.B.c:avgt");

        assertEquals(0, outcome.status(), outcome.err());
        assertTrue(outcome.out().contains("Verdict: regressed."), outcome.out());
    }

    private void jmh(String file, double value) throws IOException {
        String raw = IntStream.range(0, 6)
                .mapToObj(fork -> IntStream.range(0, 3)
                        .mapToObj(i -> String.format(Locale.ROOT, "%.3f", value + fork + 0.1 * i))
                        .collect(Collectors.joining(", ", "[", "]")))
                .collect(Collectors.joining(", ", "[", "]"));
        Files.writeString(
                directory.resolve(file),
                "[{\"jmhVersion\": \"1.37\", \"benchmark\": \"a.B.c\", \"mode\": \"avgt\", \"threads\": 1,"
                        + " \"primaryMetric\": {\"scoreUnit\": \"ns/op\", \"rawData\": " + raw
                        + "}, \"secondaryMetrics\": {}}]");
    }

    private String read(String file) throws IOException {
        return Files.readString(directory.resolve(file));
    }
}
