package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.AfterProperty;
import net.jqwik.api.lifecycle.BeforeContainer;
import net.jqwik.api.lifecycle.BeforeProperty;
import net.jqwik.api.statistics.Statistics;

/**
 * Gives the command line thousands of wrong inputs made from right ones, and holds it to what every input is owed: one of
 * the documented exit statuses, a message where it refuses, no trace of the program's insides, an end within ten seconds
 * in a small heap, and nothing written beside what was asked for.
 *
 * <p>The seeds are fixed; {@code -Dfuzz.tries=N} gives each of the four kinds N inputs.
 */
final class FuzzIT {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static Path base;
    private static Worker worker;
    private static Worker diskMaker;
    private static Duration longest = Duration.ZERO;
    private Path outside;

    @BeforeContainer
    static void begin() throws IOException {
        base = Files.createTempDirectory("bench-fuzz-").toRealPath();
        Files.createDirectory(base.resolve("temporary"));
        Files.createDirectory(base.resolve("work"));
        // Disks are made of one tree in fifty only: they take most of the time, and no input reaches their tools
        // itself.
        Files.createDirectories(base.resolve("tools/none"));
        for (String tool : List.of("chattr", "mke2fs", "debugfs", "qemu-img")) {
            Files.createSymbolicLink(base.resolve("tools").resolve(tool), Path.of("/bin/true"));
        }
    }

    @AfterContainer
    static void end() throws IOException {
        System.out.println("The input that took longest took " + longest.toMillis() + " ms");
        for (Worker each : Arrays.asList(worker, diskMaker)) {
            if (each != null) {
                each.close();
            }
        }
        Manners.remove(base);
    }

    @BeforeProperty
    void makeWhatNobodyMayTouch() throws IOException {
        outside = Files.createDirectories(base.resolve("outside"));
        Files.writeString(outside.resolve("canary"), "sings");
    }

    @AfterProperty
    void nothingIsWrittenOutside() throws IOException {
        assertEquals("sings", Files.readString(outside.resolve("canary")));
        assertEquals(Set.of("canary"), Manners.names(outside));
        assertEquals(Set.of(), Manners.names(base.resolve("temporary")), "left in the directory of temporary files");
        assertTrue(
                Set.of("outside", "temporary", "work", "tools", "in", "cache").containsAll(Manners.names(base)),
                Manners.names(base).toString());
    }

    @Property(seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void aScenarioIsReadOrRefused(@ForAll("scenarios") byte[] scenario, @ForAll("planning") List<String> command)
            throws Exception {
        Path file = input("scenario.yaml", scenario);
        check(run(command, file), Set.of(0, 2));
    }

    @Provide
    Arbitrary<byte[]> scenarios() {
        return mutated(Arbitraries.of(Samples.scenarios()), Words.YAML);
    }

    @Provide
    Arbitrary<List<String>> planning() {
        return Arbitraries.of(
                List.of("plan", "FILE"),
                List.of("plan", "FILE"),
                List.of("plan", "--gate", "--baseline", "runtime=runc", "FILE"),
                List.of("plan", "--blocks", "3", "--target", "vm", "FILE"));
    }

    @Property(seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void aFileOfJmhIsComparedOrRefused(@ForAll("jmhFiles") byte[] mutated, @ForAll("comparing") List<String> command)
            throws Exception {
        Path file = input("jmh.json", mutated);
        Files.write(file.resolveSibling("base"), Samples.jmh());
        Worker.Outcome outcome = check(run(command, file), Set.of(0, 2, 3, 4));
        if (outcome.status() != 2 && command.contains("--json")) {
            JSON.readTree(outcome.out());
        }
        Path xml = file.resolveSibling("out.xml");
        if (Files.exists(xml)) {
            DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(xml.toFile());
        }
    }

    @Provide
    Arbitrary<byte[]> jmhFiles() {
        return mutated(Arbitraries.just(Samples.jmh()), Words.JSON);
    }

    @Provide
    Arbitrary<List<String>> comparing() {
        return Arbitraries.of(
                List.of("compare", "BASE", "FILE"),
                List.of("compare", "FILE", "BASE"),
                List.of("compare", "FILE", "FILE"),
                List.of("compare", "--json", "--strict", "BASE", "FILE"),
                List.of("compare", "--html", "OUT.html", "--markdown", "OUT.md", "BASE", "FILE"),
                List.of("compare", "--junit", "OUT.xml", "--openmetrics", "OUT.txt", "FILE", "BASE"),
                List.of("explain", "BASE", "FILE", "org.sample.Parse.small:avgt"));
    }

    @Property(seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void aStoredResultIsUsedOrRefused(
            @ForAll("results") Map<String, byte[]> files, @ForAll("using") List<String> command) throws Exception {
        Path directory =
                input("startup-1/result.json", files.get("result.json")).getParent();
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            Files.write(directory.resolve(file.getKey()), file.getValue());
        }
        Path sound = Files.createDirectories(directory.resolveSibling("base"));
        for (Map.Entry<String, byte[]> file : Samples.result().entrySet()) {
            Files.write(sound.resolve(file.getKey()), file.getValue());
        }
        check(run(command, directory), Set.of(0, 2, 3, 4));
    }

    @Provide
    Arbitrary<Map<String, byte[]>> results() {
        Map<String, byte[]> sound = Samples.result();
        return Combinators.combine(
                        Edit.ofText(Words.JSON, 0, 3),
                        Edit.ofText(Words.JSON, 0, 3),
                        Edit.ofText(Words.JSON, 0, 2),
                        Edit.ofText(Words.JSON, 0, 2),
                        Arbitraries.of("startup", "startup", "memory", "scale-out"))
                .as((result, launches, readings, trials, measure) -> Map.of(
                        "result.json",
                        Edit.apply(
                                new String(sound.get("result.json"), ISO_8859_1)
                                        .replace("\"measure\" : \"startup\"", "\"measure\" : \"" + measure + "\"")
                                        .getBytes(ISO_8859_1),
                                result),
                        "launches.jsonl",
                        Edit.apply(sound.get("launches.jsonl"), launches),
                        "readings.jsonl",
                        Edit.apply(sound.get("readings.jsonl"), readings),
                        "scaleout.jsonl",
                        Edit.apply(sound.get("scaleout.jsonl"), trials)));
    }

    @Provide
    Arbitrary<List<String>> using() {
        return Arbitraries.of(
                List.of("report", "FILE"),
                List.of("report", "--out", "OUT", "FILE", "BASE"),
                List.of("compare", "BASE", "FILE"),
                List.of("compare", "--json", "FILE@container", "FILE@vm"),
                List.of("compare", "--html", "OUT.html", "FILE", "BASE"),
                List.of("explain", "FILE", "startup.ready_ms"),
                List.of("explain", "BASE", "FILE", "startup.ready_ms"),
                List.of("verify", "FILE"),
                List.of("list", "FOLDER"),
                List.of("list", "--json", "FOLDER"),
                List.of("baseline", "FILE"),
                List.of("prune", "--keep-last", "1", "--yes", "FOLDER"),
                List.of("publish", "FOLDER", "OUT"));
    }

    /** Keeps the wrong ones from all being refused for what is wrong in those that they are made from. */
    @Example
    void anArchiveOfEveryFormIsTaken() throws Exception {
        for (ArchiveSpec.Form form : ArchiveSpec.Form.values()) {
            Path file = input("image", new byte[0]);
            ArchiveSpec.sound(form).write(file, outside);
            Path cache = base.resolve("cache");
            check(run(List.of("image", "FILE", cache.toString()), file), Set.of(0));
            Manners.remove(cache);
        }
    }

    @Property(seed = "20261127", edgeCases = EdgeCasesMode.NONE)
    void anArchiveIsUnpackedOrRefused(@ForAll("archives") ArchiveSpec archive) throws Exception {
        Path file = input("image", new byte[0]);
        archive.write(file, outside);
        Path cache = base.resolve("cache");
        if (archive.place() % 50 == 0) {
            diskMaker = alive(diskMaker, "tools/none");
            check(diskMaker.run(List.of("image", file.toString(), cache.toString())), Set.of(0, 6));
        } else {
            check(run(List.of("image", "FILE", cache.toString()), file), Set.of(0, 6));
        }
        for (String name : Manners.names(cache.resolve("images"))) {
            assertFalse(name.startsWith("."), name + " was left behind");
        }
        Manners.remove(cache);
        nothingIsWrittenOutside();
    }

    @Provide
    Arbitrary<ArchiveSpec> archives() {
        return ArchiveSpec.any();
    }

    private static Arbitrary<byte[]> mutated(Arbitrary<byte[]> sound, List<String> words) {
        return Combinators.combine(sound, Edit.ofText(words, 1, 6)).as(Edit::apply);
    }

    /** Writes an input into an empty directory. */
    private static Path input(String name, byte[] content) throws IOException {
        Manners.remove(base.resolve("in"));
        Path file = base.resolve("in").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.write(file, content);
    }

    private static Worker.Outcome run(List<String> command, Path file) throws IOException, InterruptedException {
        worker = alive(worker, "tools");
        return worker.run(command.stream()
                .map(word -> word.replaceFirst("^FILE", file.toString())
                        .replaceFirst("^FOLDER", file.getParent().toString())
                        .replaceFirst("^BASE", file.resolveSibling("base").toString())
                        .replaceFirst("^OUT", file.resolveSibling("out").toString()))
                .toList());
    }

    private static Worker alive(Worker last, String tools) throws IOException {
        return last != null && last.isAlive()
                ? last
                : new Worker(base.resolve("work"), base.resolve("temporary"), base.resolve(tools));
    }

    private static Worker.Outcome check(Worker.Outcome outcome, Set<Integer> accepted) {
        Statistics.label("exit status").collect(outcome.status());
        longest = longest.compareTo(outcome.time()) > 0 ? longest : outcome.time();
        Manners.check(outcome, accepted, base.resolve("temporary"));
        return outcome;
    }
}
