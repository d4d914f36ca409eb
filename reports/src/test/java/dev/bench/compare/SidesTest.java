package dev.bench.compare;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Metric;
import dev.bench.result.ResultException;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Reads results, JMH's files, and what is neither. */
final class SidesTest {
    private static final long LARGE = 200L << 20;

    @TempDir
    private Path directory;

    @Test
    void readsWhatJmhWritesWithForksAsSessionsAndIterationsAsBlocks() {
        String file = JmhFiles.write(
                directory.resolve("jmh.json"),
                JmhFiles.benchmark("org.example.Parsing.small", "avgt", "\"size\": \"10\"", "ns/op", 3, 4, 100),
                JmhFiles.benchmark("org.example.Parsing.small", "thrpt", "\"size\": \"10\"", "ops/s", 3, 4, 100),
                JmhFiles.benchmark("org.example.Parsing.other", "ss", "", "ms/op", 1, 2, 5));

        Side side = Sides.read(file);

        assertEquals(Side.Kind.JMH, side.kind());
        assertEquals("JMH 1.37", side.tool());
        Samples small = side.samples().get(0);
        assertEquals("org.example.Parsing.small:avgt", small.measurand().id());
        assertEquals("ns/op", small.measurand().unit());
        assertEquals(Metric.Better.LOWER, small.measurand().better());
        assertEquals("size=10", small.target());
        assertEquals(12, small.points().size());
        assertEquals(List.of(1, 2, 3), small.sessions());
        assertEquals(4, small.points().get(3).block());
        assertEquals(Metric.Better.HIGHER, side.samples().get(1).measurand().better());
        assertEquals("default", side.samples().get(2).target());
        assertTrue(side.facts().contains(Fact.of(new Scope("JMH", null), "jvmArgs", "-Xmx1g")));
    }

    @Test
    void takesTheMeanOfAnIterationsHistogram() throws IOException {
        Path file = directory.resolve("sample.json");
        Files.writeString(
                file,
                "[{\"benchmark\": \"a.B.c\", \"mode\": \"sample\", \"primaryMetric\": {\"scoreUnit\": \"us/op\","
                        + " \"rawDataHistogram\": [[[[10.0, 3], [20.0, 1]], [[8, 1]]]]}}]");

        assertArrayEquals(
                new double[] {12.5, 8},
                Sides.read(file.toString()).samples().get(0).values());
    }

    @Test
    void leavesOutWhatIsNoNumberAndSaysSo() throws IOException {
        Path file = directory.resolve("nan.json");
        Files.writeString(
                file,
                "[{\"benchmark\": \"a.B.c\", \"mode\": \"avgt\", \"primaryMetric\": {\"scoreUnit\": \"us/op\","
                        + " \"rawData\": [[1.0, \"NaN\", NaN, null, 2.0]]}}]");

        Side side = Sides.read(file.toString());

        assertArrayEquals(new double[] {1, 2}, side.samples().get(0).values());
        assertTrue(side.notes().contains("nan.json holds raw values that are no number; they are left out"));
    }

    @Test
    void forksAreTheSamplesWhereThereAreEnoughAndIterationsElsewhere() {
        String base = JmhFiles.write(
                directory.resolve("base.json"), JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 5, 5, 100));
        String head = JmhFiles.write(
                directory.resolve("head.json"), JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 5, 5, 120));
        ComparisonReport forks = Comparer.compare(Sides.read(base), Sides.read(head));

        assertEquals(5, forks.rows().get(0).shift().baseCount());
        assertEquals("the median of a fork", forks.rows().get(0).sampling().words());
        assertEquals(Outcome.REGRESSED, forks.outcome());
        assertTrue(forks.notes().stream().anyMatch(note -> note.startsWith("forks are taken as blocks")));

        String oneBase = JmhFiles.write(
                directory.resolve("one-base.json"), JmhFiles.benchmark("a.B.c", "thrpt", "", "ops/s", 1, 10, 100));
        String oneHead = JmhFiles.write(
                directory.resolve("one-head.json"), JmhFiles.benchmark("a.B.c", "thrpt", "", "ops/s", 1, 10, 120));
        ComparisonReport iterations = Comparer.compare(Sides.read(oneBase), Sides.read(oneHead));

        assertEquals(10, iterations.rows().get(0).shift().baseCount());
        assertEquals("an iteration", iterations.rows().get(0).sampling().words());
        assertEquals(Outcome.IMPROVED, iterations.outcome());
        assertTrue(iterations.notes().stream().anyMatch(note -> note.startsWith("iterations are the samples")));
    }

    @Test
    void anotherUnitIsNotComparedByItsNumbers() {
        String base = JmhFiles.write(
                directory.resolve("base.json"), JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 5, 5, 1000));
        String head = JmhFiles.write(
                directory.resolve("head.json"), JmhFiles.benchmark("a.B.c", "avgt", "", "B/op", 5, 5, 1));

        Compared row =
                Comparer.compare(Sides.read(base), Sides.read(head)).rows().get(0);

        assertEquals(Outcome.INCONCLUSIVE, row.outcome());
        assertEquals("the unit changed from ns/op to B/op", row.reasons().get(0));
    }

    @ParameterizedTest
    @CsvSource({"avgt, us/op, 1000, ms/op, 2", "thrpt, ops/s, 1000, ops/ms, 0.5"})
    void timesAndRatesAreComparedWhateverTheirUnitOfTime(
            String mode, String baseUnit, double baseValue, String headUnit, double headValue) {
        String base = JmhFiles.write(
                directory.resolve("base.json"), JmhFiles.benchmark("a.B.c", mode, "", baseUnit, 5, 5, baseValue));
        String head = JmhFiles.write(
                directory.resolve("head.json"), JmhFiles.benchmark("a.B.c", mode, "", headUnit, 5, 5, headValue));

        Compared row =
                Comparer.compare(Sides.read(base), Sides.read(head)).rows().get(0);

        assertEquals(Outcome.REGRESSED, row.outcome());
        assertEquals(baseUnit, row.head().measurand().unit());
    }

    @Test
    void aResultAndAFileOfJmhAreNotCompared() {
        String jmh = JmhFiles.write(
                directory.resolve("jmh.json"), JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 5, 5, 1));
        String result = new StoredResults().target("a", 100).store(directory.resolve("result"));

        ComparisonException refused =
                assertThrows(ComparisonException.class, () -> Comparer.compare(Sides.read(result), Sides.read(jmh)));

        assertEquals(
                "result and jmh.json are not of one kind: compare two result directories, or two JSON files of JMH",
                refused.getMessage());
    }

    @Test
    void readsAResultByItsDirectoryItsFileAndATarget() {
        String result = new StoredResults().target("a", 100).target("b@2", 100).store(directory.resolve("result"));

        assertEquals(List.of("a", "b@2"), Sides.read(result).targets());
        assertEquals(List.of("a", "b@2"), Sides.read(result + "/result.json").targets());
        assertEquals(List.of("a"), Sides.read(result + "@a").targets());
        assertRefused(
                ComparisonException.class, result + "@c", "has no launches of a target 'c'; it has a, b@2, a (A/A)");
    }

    @Test
    void aDirectoryWhoseNameHoldsTheSignIsADirectory() {
        String result = new StoredResults().target("a", 100).store(directory.resolve("x@a"));

        assertEquals("x@a", Sides.read(result).id());
    }

    @Test
    void refusesWhatIsNeitherAndSaysWhy() throws IOException {
        assertRefused(
                ResultException.class, directory.resolve("none").toString(), "no such file; name a directory that");
        assertRefused(ResultException.class, directory.toString(), "result.json: no such file");
        refuses("", "is empty, which JMH leaves behind where a benchmark fails");
        refuses("hello", "not JSON at line 1");
        refuses("{}", "it begins with no array");
        refuses("[]", "its array is empty");
        refuses("[1]", "an element of its array is no object");
        refuses("[{}]", "an element names no benchmark and mode");
        refuses("[{\"benchmark\": \"a.b\", \"mode\": \"ss\"}]", "no benchmark of it has raw data: a.b:ss");
        refuses(
                "[{\"benchmark\": \"a.b\", \"mode\": \"ss\", \"primaryMetric\": 3}]",
                "no benchmark of it has raw data: a.b:ss");
        refuses(
                "[{\"benchmark\": \"a.b\", \"mode\": \"ss\", \"primaryMetric\": {\"rawData\": [[{}]]}}]",
                "a raw value is no number");
        refuses("[{\"benchmark\": \"a.b\", \"mode\": \"ss\", \"primary", "not JSON at line 1");
        String once = JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 1, 1, 1);
        refuses("[" + once + "," + once + "]", "holds a.B.c:avgt (default) twice");
        refuses("[" + once + "] []", "something follows its array");
    }

    @Test
    void refusesAResultWithoutItsParts() throws IOException {
        Path result = Files.createDirectories(directory.resolve("damaged"));
        Files.writeString(result.resolve("result.json"), "{\"schema\": \"bench/1\"}");
        assertRefused(ResultException.class, result.toString(), "not a result of this tool (");

        String whole = new StoredResults().target("a", 100).store(directory.resolve("whole"));
        Files.writeString(Path.of(whole, "launches.jsonl"), "null\n{}\n");
        assertRefused(ResultException.class, whole, "line 1 is not a launch");
    }

    @Test
    void aJsonOf200MebibytesIsReadAsItComes() throws IOException {
        Path file = directory.resolve("large.json");
        String head = JmhFiles.benchmark("a.B.c", "avgt", "", "ns/op", 5, 5, 100);
        String padding = "{\"passed\": [" + "1234567.5, ".repeat(100_000) + "0]}";
        try (BufferedWriter writer = Files.newBufferedWriter(file)) {
            writer.write("[" + head.substring(0, head.length() - 1));
            for (long i = 0; i * padding.length() < LARGE; i++) {
                writer.write(", \"extra" + i + "\": " + padding);
            }
            writer.write("}]");
        }
        assertTrue(Files.size(file) > LARGE);

        assertEquals(25, Sides.read(file.toString()).samples().get(0).points().size());
    }

    @Test
    void aResultOf200MebibytesIsRefusedBeforeItIsRead() throws IOException {
        String result = new StoredResults().target("a", 100).store(directory.resolve("result"));
        try (RandomAccessFile file = new RandomAccessFile(result + "/result.json", "rw")) {
            file.setLength(LARGE);
        }

        assertRefused(ResultException.class, result, "not a result of this tool (it has 200 MiB, a result has ");
    }

    @Test
    void launchesOfMoreThanHalfAGibibyteAreRefusedBeforeTheyAreRead() throws IOException {
        String result = new StoredResults().target("a", 100).store(directory.resolve("result"));
        try (RandomAccessFile file = new RandomAccessFile(result + "/launches.jsonl", "rw")) {
            file.setLength(513L << 20);
        }

        assertRefused(ResultException.class, result, "is 513 MiB large, a result of this tool has 512 MiB at most");
    }

    private void refuses(String content, String why) throws IOException {
        Path file = directory.resolve("foreign.json");
        Files.writeString(file, content);
        assertRefused(ResultException.class, file.toString(), why);
    }

    private static void assertRefused(Class<? extends RuntimeException> type, String argument, String why) {
        String message = assertThrows(type, () -> Sides.read(argument)).getMessage();
        assertTrue(message.contains(why), message);
    }
}
