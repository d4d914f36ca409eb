package dev.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.measure.scaleout.ScaleOutTrial;
import java.io.IOException;
import java.io.InputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ResultStoreTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void givesBackTheResultThatWasStored() {
        ResultStore store = ResultStore.create(directory.resolve("new/result"));
        store.write(result());

        assertEquals(result(), store.read());
        assertEquals(result(), new ResultStore(store.directory()).read());
        assertTrue(Files.isDirectory(store.logs()));
    }

    @Test
    void givesBackTheTrialsOfScaleOutButOneCutByAKill() throws IOException {
        ResultStore store = ResultStore.create(directory.resolve("scaleout"));
        assertEquals(List.of(), store.details(ScaleOutTrial.FILE), "another measure has none");
        ScaleOutTrial trial = new ScaleOutTrial(
                1,
                2,
                "vm",
                false,
                List.of(new ScaleOutTrial.Start(0, 5.5, 5.5, null), new ScaleOutTrial.Start(1, null, 9, "no ☃")),
                null,
                List.of(
                        ScaleOutTrial.LoadPoint.skipped(2, "closed", "only 1 of 2"),
                        new ScaleOutTrial.LoadPoint(
                                1,
                                "closed",
                                1,
                                2,
                                3,
                                4,
                                5,
                                List.of(new Quantile(99, 1.25)),
                                List.of(),
                                0.5,
                                0.25,
                                true,
                                null)),
                new ScaleOutTrial.Density("5/s each", 50, 0, "only 1 of 2"));
        store.append(ScaleOutTrial.FILE, trial);
        store.append(ScaleOutTrial.FILE, trial);
        store.append("scaleout.jsonl", "{\"session\":1,\"bl".getBytes(StandardCharsets.UTF_8));

        assertEquals(List.of(trial, trial), store.details(ScaleOutTrial.FILE));
    }

    @Test
    void givesBackTheLaunchesInTheirOrder() throws IOException {
        ResultStore store = ResultStore.create(directory);
        List<Launch> launches = List.of(good(0), failed(1), good(2));
        launches.forEach(store::append);

        assertEquals(launches, store.launches());
        assertEquals(3, Files.readAllLines(directory.resolve("launches.jsonl")).size());
    }

    @Test
    void writesTheSameLaunchTheSameWayInEveryJvm() throws IOException {
        Map<String, Double> values = new HashMap<>();
        List<String> names = List.of("d.four", "a.one", "c.three", "b.two", "e.five");
        names.forEach(name -> values.put(name, 1.0));
        ResultStore store = ResultStore.create(directory);
        store.append(new Launch(1, 1, 0, "vm", false, true, "2026-11-24T12:00:00Z", values, List.of(), null));

        List<String> stored = new ArrayList<>();
        new ObjectMapper()
                .readTree(directory.resolve("launches.jsonl").toFile())
                .path("values")
                .fieldNames()
                .forEachRemaining(stored::add);
        assertEquals(names.stream().sorted().toList(), stored);
    }

    @Test
    void hasNoLaunchesBeforeTheFirst() {
        assertEquals(List.of(), ResultStore.create(directory).launches());
    }

    @Test
    void givesBackReadingsOfMemoryAndToleratesTheirAbsence() {
        ResultStore store = ResultStore.create(directory);
        assertEquals(List.of(), store.details(MemoryReading.FILE));
        MemoryReading reading = new MemoryReading(
                1, 2, "vm", false, 4, true, false, 10.1, Map.of(MemoryReading.Value.AVAILABLE.id(), 1234.5));
        store.append(MemoryReading.FILE, reading);

        assertEquals(List.of(reading), store.details(MemoryReading.FILE));
        assertEquals(List.of(), store.launches());
    }

    @Test
    void whatTheHarnessAndForeignProcessesTookIsNoLoss() {
        MemoryReading base = memory(1_000, 50, 300);
        assertEquals(100 - 20 + 5, memory(900, 70, 295).lossSince(base), 1e-9);
    }

    private static MemoryReading memory(double available, double harness, double foreign) {
        return new MemoryReading(
                1,
                1,
                "vm",
                false,
                1,
                false,
                true,
                1,
                Map.of(
                        MemoryReading.Value.AVAILABLE.id(), available,
                        MemoryReading.Value.HARNESS.id(), harness,
                        MemoryReading.Value.FOREIGN.id(), foreign));
    }

    @Test
    void skipsALastLineCutShortWhereverItIsCut() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.append(good(0));
        int kept = (int) Files.size(directory.resolve("launches.jsonl"));
        store.append(failed(1));
        byte[] whole = Files.readAllBytes(directory.resolve("launches.jsonl"));

        for (int length = kept; length < whole.length - 1; length++) {
            Files.write(directory.resolve("launches.jsonl"), Arrays.copyOf(whole, length));
            assertEquals(List.of(good(0)), store.launches(), "cut at " + length);
        }
        Files.write(directory.resolve("launches.jsonl"), Arrays.copyOf(whole, whole.length - 1));
        assertEquals(List.of(good(0), failed(1)), store.launches());
    }

    @Test
    void saysWhichOtherLineIsNoLaunch() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.append(good(0));
        Files.writeString(directory.resolve("launches.jsonl"), "{\"session\":\n", StandardOpenOption.APPEND);
        store.append(good(1));

        ResultException damaged = assertThrows(ResultException.class, store::launches);
        assertEquals(
                directory.resolve("launches.jsonl") + ": line 2 is not a launch", String.valueOf(damaged.getMessage()));
    }

    @Test
    void refusesALaunchThatWouldCountTwice() {
        ResultStore store = ResultStore.create(directory);
        List.of(good(0), failed(1), good(0)).forEach(store::append);

        ResultException twice = assertThrows(ResultException.class, store::launches);
        assertTrue(String.valueOf(twice.getMessage()).contains("holds a launch twice: "), twice.getMessage());
    }

    @Test
    void losesNoLaunchBesideAnother() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.append(good(0));
        store.append(good(1));
        Path file = directory.resolve("launches.jsonl");
        String lines = Files.readString(file);
        Files.writeString(file, lines.replaceFirst("\n", ""));
        assertThrows(ResultException.class, store::launches);

        Files.writeString(file, lines + "[]\n");
        assertThrows(ResultException.class, store::launches);
    }

    @Test
    void readsWhatAnEditorHasSavedAgain() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.append(good(0));
        store.append(good(1));
        Path file = directory.resolve("launches.jsonl");
        Files.writeString(file, "\ufeff" + Files.readString(file).replace("\n", "\r\n\r\n"));

        assertEquals(List.of(good(0), good(1)), store.launches());
    }

    @Test
    void launchesOfSeveralWritersDoNotMix() throws Exception {
        ResultStore store = ResultStore.create(directory);
        List<Thread> writers = new ArrayList<>();
        for (int writer = 0; writer < 4; writer++) {
            int first = writer * 25;
            Thread thread = new Thread(() -> {
                for (int block = first; block < first + 25; block++) {
                    new ResultStore(directory).append(good(block));
                }
            });
            thread.start();
            writers.add(thread);
        }
        for (Thread writer : writers) {
            writer.join();
        }

        List<Launch> launches = store.launches();
        assertEquals(100, launches.size());
        assertEquals(100, new HashSet<>(launches).size());
    }

    @Test
    void ignoresWhatANewerMinorVersionAdds() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.write(result());
        Path file = directory.resolve("result.json");
        Files.writeString(file, Files.readString(file).replaceFirst("\\{", "{\"added\": [1, 2],"));
        store.append(good(0));
        Path lines = directory.resolve("launches.jsonl");
        Files.writeString(lines, Files.readString(lines).replaceFirst("\\{", "{\"added\": {},"));

        assertEquals(result(), store.read());
        assertEquals(List.of(good(0)), store.launches());
    }

    @Test
    void refusesAnotherSchemaAndNamesBoth() throws IOException {
        for (String text : List.of(
                "{\"schema\": \"bench/2\"}",
                "{\"schema\": \"bench/2\", \"targets\": \"none\", \"plan\": 3}",
                new String(result("bench/2"), StandardCharsets.UTF_8))) {
            Files.writeString(directory.resolve("result.json"), text);
            ResultException refused = assertThrows(ResultException.class, new ResultStore(directory)::read);

            String message = String.valueOf(refused.getMessage());
            assertTrue(message.contains("schema is 'bench/2', this build reads 'bench/1'"), message);
        }
    }

    @Test
    void refusesWhatIsNoResult() throws IOException {
        for (String text : List.of("", "[]", "{}", "<html>", "{\"schema\": \"bench/1\"}", "null")) {
            Files.writeString(directory.resolve("result.json"), text);
            ResultException refused = assertThrows(ResultException.class, new ResultStore(directory)::read, text);

            String message = String.valueOf(refused.getMessage());
            assertTrue(message.startsWith(directory.resolve("result.json") + ": not a result of this tool"), message);
        }
    }

    @Test
    void saysWhatToNameWhereThereIsNoResult() {
        ResultException missing = assertThrows(ResultException.class, new ResultStore(directory)::read);

        assertTrue(String.valueOf(missing.getMessage()).contains("`bench run`"), missing.getMessage());
    }

    @Test
    void replacesAFileWithoutARest() throws IOException {
        ResultStore store = ResultStore.create(directory);
        store.write("jmh.json", new byte[100]);
        store.write("jmh.json", new byte[] {1});

        assertEquals(1, Files.size(directory.resolve("jmh.json")));
        try (var files = Files.list(directory)) {
            assertFalse(files.anyMatch(file -> file.toString().endsWith(".part")));
        }
    }

    @Test
    void saysWhereItCannotWrite() throws IOException {
        Path file = Files.writeString(directory.resolve("file"), "");

        ResultException refused = assertThrows(ResultException.class, () -> ResultStore.create(file));
        assertTrue(String.valueOf(refused.getMessage()).startsWith(file.toString()), refused.getMessage());
        assertThrows(ResultException.class, () -> new ResultStore(file).append(good(0)));
        assertThrows(ResultException.class, () -> new ResultStore(file).write("x", new byte[0]));
    }

    @Test
    void readsAKindOfTargetThatThisBuildDoesNotKnow() throws IOException {
        copyFixture();
        Path file = directory.resolve("result.json");
        Files.writeString(file, Files.readString(file).replace("\"kind\" : \"vm\"", "\"kind\" : \"micro-vm\""));

        TargetKind kind = new ResultStore(directory).read().targets().get(1).kind();

        assertEquals("micro-vm", kind.label());
        assertEquals(TargetKind.withOwnKernel("micro-vm"), kind);
    }

    @Test
    void readsWhatTheFirstVersionStored() throws IOException {
        copyFixture();
        ResultStore store = new ResultStore(directory);
        Result result = store.read();

        assertEquals("startup", result.scenario().name());
        assertEquals("container (A/A)", result.plan().control());
        assertEquals("24077 MiB", result.host().get("memory"));
        assertEquals(TargetKind.VM, result.targets().get(1).kind());
        assertTrue(result.targets().get(1).emulated());
        assertEquals(250.5, result.metrics().get(0).median());
        assertEquals(10, result.metrics().get(1).failures());
        assertEquals("inconclusive", result.comparisons().get(0).verdict());
        assertFalse(result.partial());
        List<Launch> launches = store.launches();
        assertEquals(3, launches.size());
        assertEquals(PhaseName.EXEC, launches.get(0).phases().get(2).name());
        assertEquals("timeout", launches.get(1).failure().kind());
    }

    @Test
    void storesEverythingAgainThatTheFirstVersionStored() throws IOException {
        copyFixture();
        ObjectMapper json = new ObjectMapper();
        JsonNode before = json.readTree(Files.readAllBytes(directory.resolve("result.json")));
        ResultStore store = new ResultStore(directory);
        store.write(store.read());

        assertContains(before, json.readTree(Files.readAllBytes(directory.resolve("result.json"))), "");
    }

    @Test
    void hasEmptyListsWhereAnOlderVersionStoredNone() throws IOException {
        copyFixture();
        Path file = directory.resolve("result.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode tree = (ObjectNode) json.readTree(Files.readAllBytes(file));
        tree.remove(List.of("command", "host", "targets", "metrics", "comparisons", "warnings", "harness", "partial"));
        ((ObjectNode) tree.path("workload")).remove("argv");
        Files.write(file, json.writeValueAsBytes(tree));
        Result result = new ResultStore(directory).read();

        assertEquals(List.of(), result.command());
        assertEquals(Map.of(), result.host());
        assertEquals(List.of(), result.targets());
        assertEquals(List.of(), result.metrics());
        assertEquals(List.of(), result.comparisons());
        assertEquals(List.of(), result.warnings());
        assertEquals(List.of(), result.workload().argv());
        assertFalse(result.partial());
    }

    @Test
    void leavesOutWhatIsNullInAListOrMap() throws IOException {
        copyFixture();
        Path file = directory.resolve("result.json");
        ObjectMapper json = new ObjectMapper();
        ObjectNode tree = (ObjectNode) json.readTree(Files.readAllBytes(file));
        tree.putObject("host").put("cpu", "one").putNull("kernel");
        tree.putArray("warnings").add("careful").addNull();
        Files.write(file, json.writeValueAsBytes(tree));
        Result result = new ResultStore(directory).read();

        assertEquals(Map.of("cpu", "one"), result.host());
        assertEquals(List.of("careful"), result.warnings());
    }

    @Test
    void saysWhatADamagedResultLacks() throws IOException {
        assertRefused("\"reference\"", "\"referee\"", "it has no 'plan.reference'");
        assertRefused("\"startedAt\"", "\"began\"", "it has no 'startedAt'");
        assertRefused("\"kind\" : \"vm\"", "\"kind\" : \"BOAT\"", "its 'targets.kind' cannot be read");
        assertRefused("\"name\" : \"vm\"", "\"name\" : null", "it has no 'targets.name'");
        assertRefused("\"n\" : 10", "\"n\" : \"ten\"", "its 'metrics.n' cannot be read");
    }

    @ParameterizedTest
    @CsvSource({
        "launches.jsonl, {}, target",
        "launches.jsonl, '{\"target\":\"vm\",\"startedAt\":\"x\",\"phases\":[{\"atMs\":1}]}', phases.name",
        "readings.jsonl, '{\"values\":{}}', target",
        "scaleout.jsonl, '{\"target\":\"vm\",\"points\":[{\"instances\":1}]}', points.load"
    })
    void saysWhatALineOfAResultLacks(String name, String line, String missing) throws IOException {
        Files.writeString(directory.resolve(name), line + "\n");
        ResultStore store = new ResultStore(directory);

        ResultException refused = assertThrows(ResultException.class, () -> {
            store.launches();
            store.details(MemoryReading.FILE);
            store.details(ScaleOutTrial.FILE);
        });

        assertTrue(refused.getMessage().endsWith("(it has no '" + missing + "')"), refused.getMessage());
    }

    @Test
    void refusesAResultCutShortWhereverItIsCut() throws IOException {
        copyFixture();
        Path file = directory.resolve("result.json");
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length - 2; length += 7) {
            Files.write(file, Arrays.copyOf(whole, length));
            ResultException refused =
                    assertThrows(ResultException.class, new ResultStore(directory)::read, "cut at " + length);

            assertTrue(
                    String.valueOf(refused.getMessage()).startsWith(file + ": not a result of this tool ("),
                    refused.getMessage());
        }
    }

    @Test
    void refusesWhatIsTooLargeToBeAResult() throws IOException {
        try (RandomAccessFile file =
                new RandomAccessFile(directory.resolve("result.json").toFile(), "rw")) {
            file.setLength(200L << 20);
        }
        ResultException refused = assertThrows(ResultException.class, new ResultStore(directory)::read);

        assertTrue(String.valueOf(refused.getMessage()).contains("it has 200 MiB"), refused.getMessage());
    }

    @Test
    void marksABaselineAndTakesTheMarkAway() {
        ResultStore store = ResultStore.create(directory);
        assertFalse(store.isBaseline());
        store.markBaseline(true);
        store.markBaseline(true);
        assertTrue(new ResultStore(directory).isBaseline());
        store.markBaseline(false);
        store.markBaseline(false);
        assertFalse(store.isBaseline());
    }

    @Test
    void deletesEveryFileItWrites() throws IOException {
        ResultStore store = ResultStore.create(directory.resolve("result"));
        store.write(result());
        store.append(good(0));
        store.markBaseline(true);
        for (String name : List.of("jmh.json", "scenario.yaml", "report.html", "report.md", "vm.hlog", ".x.part")) {
            Files.writeString(store.directory().resolve(name), "");
        }
        Files.writeString(store.logs().resolve("vm.log"), "");
        store.delete();

        assertFalse(Files.exists(store.directory()));
    }

    @Test
    void deletesNothingWhereAnythingElseLiesBesideTheResult() throws IOException {
        for (String name : List.of("notes.txt", "work/", "result.json.bak", "logs.hlog/")) {
            ResultStore store = ResultStore.create(directory.resolve("of " + name.replace("/", "")));
            store.write(result());
            Path other = store.directory().resolve(name);
            if (name.endsWith("/")) {
                Files.createDirectory(other);
            } else {
                Files.writeString(other, "");
            }
            assertThrows(IOException.class, store::delete, name);
            assertEquals(result(), store.read());
            assertTrue(Files.exists(other));
        }
    }

    @Test
    void deletesNoLinkedDirectory() throws IOException {
        ResultStore store = ResultStore.create(directory.resolve("result"));
        store.write(result());
        Path link = Files.createSymbolicLink(directory.resolve("link"), store.directory());

        assertThrows(IOException.class, new ResultStore(link)::delete);
        assertEquals(result(), store.read());
    }

    private void assertRefused(String old, String damaged, String reason) throws IOException {
        copyFixture();
        Path file = directory.resolve("result.json");
        String text = Files.readString(file);
        assertTrue(text.contains(old), old);
        Files.writeString(file, text.replace(old, damaged));
        ResultException refused = assertThrows(ResultException.class, new ResultStore(directory)::read);
        assertEquals(file + ": not a result of this tool (" + reason + ")", refused.getMessage());
    }

    /** Copies a result in the format of the first version, which stays as it is for ever. */
    private void copyFixture() throws IOException {
        for (String name : List.of("result.json", "launches.jsonl")) {
            try (InputStream fixture = ResultStoreTest.class.getResourceAsStream("bench-1/" + name)) {
                Files.copy(fixture, directory.resolve(name), StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static void assertContains(JsonNode part, JsonNode whole, String where) {
        if (part.isContainerNode()) {
            part.fields()
                    .forEachRemaining(field ->
                            assertContains(field.getValue(), whole.path(field.getKey()), where + "/" + field.getKey()));
            for (int i = 0; part.isArray() && i < part.size(); i++) {
                assertContains(part.get(i), whole.path(i), where + "/" + i);
            }
        } else {
            assertEquals(part, whole, where);
        }
    }

    private static Launch good(int block) {
        return new Launch(
                1,
                block,
                0,
                "target ü",
                block == 0,
                true,
                "2026-11-24T12:00:00.123Z",
                Map.of("startup.ready_ms", 12.345678901234, "teardown_ms", 1e-3),
                List.of(new Phase(PhaseName.REQUEST, 0), new Phase(PhaseName.READY, 12.345678901234)),
                null);
    }

    private static Launch failed(int block) {
        return new Launch(
                1,
                block,
                1,
                "target",
                false,
                false,
                "2026-11-24T12:00:01Z",
                Map.of(),
                List.of(new Phase(PhaseName.REQUEST, 0)),
                new Failure("timeout", "größer \"than\" ever\n☃", "logs/target.log"));
    }

    private byte[] result(String schema) throws IOException {
        ResultStore store = ResultStore.create(directory.resolve("other"));
        store.write(result());
        String text = Files.readString(store.directory().resolve("result.json"));
        return text.replace("bench/1", schema).getBytes(StandardCharsets.UTF_8);
    }

    private static Result result() {
        Identity identity = new Identity(
                "ab".repeat(32),
                List.of("serve", ""),
                List.of("A=ü"),
                1,
                2,
                "/",
                "6.1.0",
                0.5,
                256L << 20,
                "2026-11-24T11:00:00Z",
                Map.of("umask", "0022"));
        return new Result(
                Result.SCHEMA,
                "id",
                "bench 0.1.0",
                List.of("bench", "run"),
                "2026-11-24T12:00:00Z",
                "2026-11-24T12:03:00Z",
                170.25,
                new Result.ScenarioFacts("name", "cd".repeat(32), "startup"),
                Result.PlanFacts.of(Long.MAX_VALUE, 20, 1, "container", null),
                Map.of("kernel", "6.1"),
                new Result.WorkloadFacts("image", "sha256:1", "ab", List.of("serve"), "HTTP 200", "1 CPU"),
                List.of(
                        new Result.TargetFacts("container", TargetKind.CONTAINER, "docker", false, Map.of(), identity),
                        new Result.TargetFacts("vm", TargetKind.VM, "libvirt", true, Map.of("a", "b"), null)),
                null,
                List.of(new Result.MetricSummary(
                        "startup.ready_ms", "ms", "vm", 0, 3, null, null, null, null, null, null, 0)),
                List.of(new Result.Comparison(
                        "startup.ready_ms", "container", "vm", 0, null, null, null, "none", null, "inconclusive")),
                List.of("careful"),
                true);
    }
}
