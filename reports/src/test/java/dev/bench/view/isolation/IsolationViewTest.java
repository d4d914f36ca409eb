package dev.bench.view.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.isolation.IsolationMetrics;
import dev.bench.measure.isolation.IsolationRecord;
import dev.bench.measure.isolation.IsolationRecord.Inside;
import dev.bench.measure.isolation.IsolationRecord.Phase;
import dev.bench.report.Reports;
import dev.bench.report.Samples;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IsolationViewTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    private ResultStore store;

    @BeforeEach
    void storeAResult() {
        store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            trial(block, "process", List.of("read", "accept4"), List.of(), "none");
            // One block of four calls differs in one of them.
            trial(
                    block,
                    "vm",
                    List.of("read", "ioctl", "ppoll", block == 1 ? "futex" : "writev"),
                    block == 2 ? List.of("statx") : List.of(),
                    "virtual machine");
        }
        store.write("scenario.yaml", "name: isolation\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());
    }

    @Test
    void comparesSetsAndSaysWhichAreUnstable() throws IOException {
        Reports.write(store);
        String markdown = Files.readString(directory.resolve("report.md"));

        assertTrue(markdown.contains("| target | isolation | confidence | evidence |"), markdown);
        assertTrue(markdown.contains("| process | none | high | because |"), markdown);
        assertTrue(markdown.contains("| target | start | idle | load | all | only here | agreement |"), markdown);
        assertTrue(markdown.contains("| process | 2 | 0 | 1 | 2 | 1 | 1 |"), markdown);
        assertTrue(markdown.contains("| vm | 5 | 0 | 1 | 5 | 4 | 0.6 (unstable) |"), markdown);
    }

    @Test
    void showsWhatOnlyOneSideReachesBySubsystem() throws IOException {
        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));

        assertTrue(html.contains("On every target: 1"), "common calls");
        assertTrue(html.contains("Only on process: 1"), "calls of the process only");
        assertTrue(html.contains("network"), "subsystems");
        assertTrue(html.contains("are not less reachable kernel"));
        assertTrue(html.contains("Not counted, refused by the host (not permitted): ask."));
        assertFalse(html.contains("more secure"));
    }

    @Test
    void warnsOfUnstableSetsAndOfWhatComesWithoutAnInstance() {
        List<String> warnings = new IsolationView().warnings(store.details(IsolationRecord.FILE));

        assertEquals(2, warnings.size(), warnings.toString());
        assertTrue(warnings.get(0).startsWith("target vm: the host's system calls are unstable, "), warnings.get(0));
        assertTrue(warnings.get(1).startsWith("target vm: 20 % of the host's system calls came"), warnings.get(1));
    }

    @Test
    void answersWhatPeopleAsk() {
        assertEquals(
                List.of("How much of the host's kernel does it reach?", "What is it allowed inside?"),
                new IsolationView()
                        .questions().stream().map(question -> question.words()).toList());
    }

    @Test
    void sharesAreOfBothSets() {
        assertEquals(0.5, Reach.jaccard(Set.of("a", "b", "c"), Set.of("b", "c", "d")));
        assertEquals(1, Reach.jaccard(Set.of(), Set.of()));
        assertEquals(0, Reach.jaccard(Set.of("a"), Set.of()));
    }

    private void trial(int block, String target, List<String> calls, List<String> control, String isolation) {
        store.append(
                IsolationRecord.FILE,
                new IsolationRecord(
                        1,
                        block,
                        target,
                        block == 0,
                        10,
                        List.of(
                                phase(IsolationRecord.CONTROL, control),
                                phase(IsolationRecord.START, calls),
                                phase(IsolationRecord.IDLE, List.of()),
                                phase(IsolationRecord.LOAD, calls.subList(0, 1))),
                        new Inside(
                                isolation,
                                "high",
                                List.of("because"),
                                Map.of("kernel", "Linux"),
                                List.of(),
                                List.of(),
                                List.of("null"),
                                List.of("/usr/bin/su")),
                        "refused by the host (not permitted): ask"));
        store.append(new Launch(
                1,
                block,
                0,
                target,
                block == 0,
                true,
                "2026-11-27T12:00:00Z",
                Map.of(
                        IsolationMetrics.HOST_SYSCALLS.id(),
                        (double) calls.size(),
                        IsolationMetrics.WRITABLE_PROC.id(),
                        0.0),
                List.of(),
                null));
    }

    private static Phase phase(String name, List<String> calls) {
        Map<String, Long> counts = new TreeMap<>();
        calls.forEach(call -> counts.put(call, 1L));
        return new Phase(name, counts, new ArrayList<>(), new ArrayList<>(), 1);
    }

    private static Result result() {
        return Samples.of(
                "isolation", BLOCKS, List.of(target("process", TargetKind.PROCESS), target("vm", TargetKind.VM)));
    }

    private static Result.TargetFacts target(String name, TargetKind kind) {
        return new Result.TargetFacts(name, kind, "driver", false, Map.of(), null);
    }
}
