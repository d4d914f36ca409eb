package dev.bench.view.build;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.image.DockerfileOrder;
import dev.bench.measure.build.BuildMetrics;
import dev.bench.measure.build.BuildRecord;
import dev.bench.measure.build.BuildRecord.Part;
import dev.bench.measure.build.BuildRecord.Step;
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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildViewTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    private ResultStore store;

    @BeforeEach
    void storeAResult() {
        store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            trial(block, "good", 1_000 + 10 * block, 1, 3);
            trial(block, "bad", 4_000 + 10 * block, 4, 0);
            disk(block, 2_000 + 10 * block);
        }
        store.write("scenario.yaml", "name: build\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());
    }

    @Test
    void saysInOneSentenceWhichOrderIsFasterAndByHowMuch() throws IOException {
        String html = report();

        assertTrue(
                html.contains("<h1>build, rebuild after a change: good 1.04 s; bad 4.04 s, 3.9×"),
                html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
    }

    @Test
    void showsBuildsTheirStepsAndTheWayToTheFirstAnswer() throws IOException {
        String html = report();

        for (String part : List.of(
                "From the change to the first answer",
                "after source",
                "unchanged",
                "3 of 4",
                "1 of 2 instructions ran. The longest is line 4, COPY . .: ",
                "RUN make &lt;all&gt;",
                "FROM base (cached)",
                "layers reused")) {
            assertTrue(html.contains(part), part);
        }
        assertFalse(html.contains("NaN"));
        assertFalse(html.contains("Where the time goes"), "the view of startup is another one");
    }

    @Test
    void takesTheStepsOfTheBuildWithTheMedianTime() {
        List<BuildRecord> records =
                List.of(build(1, "good", 30, 1, 3), build(2, "good", 10, 1, 3), build(3, "good", 20, 1, 3));

        assertEquals(20, new Builds("good", "after source", records).typical().ms());
        assertEquals(
                10,
                new Builds("good", "after source", records.subList(0, 2))
                        .typical()
                        .ms());
    }

    @Test
    void advisesTheOtherOrderByWhatNeedNotRunAgain() throws IOException {
        ResultStore other = ResultStore.create(directory.resolve("advise"));
        for (int block = 1; block <= BLOCKS; block++) {
            ordered(other, block, "as-is", 2_000, List.of("COPY . .", "RUN apt-get install gcc", "RUN make"), 0);
            ordered(other, block, "reordered", 700, List.of("RUN apt-get install gcc", "COPY . .", "RUN make"), 1);
        }
        other.write("scenario.yaml", "name: advise\n".getBytes(StandardCharsets.UTF_8));
        other.write(result(List.of(target("as-is", "Dockerfile"), target("reordered", DockerfileOrder.REORDERED))));

        String advice = Reports.advice(other, Reports.write(other), 120);

        assertTrue(
                advice.contains("After line-2 (line 2, COPY . .) a build takes 2 s, 1.2 s of it in line 3, RUN apt-get"
                        + " install gcc; reordered it takes 700 ms (predicted: 800 ms)"),
                advice);
        assertTrue(advice.contains("65 %"), advice);
        assertEquals("", Reports.advice(store, Reports.write(store), 120));
    }

    /** Builds cold and after a change that reaches the step of a position; each step takes so long as its share says. */
    private static void ordered(
            ResultStore store, int block, String target, double ms, List<String> texts, int reached) {
        double[] shares = {0.1, 0.6, 0.3};
        List<Step> cold = new ArrayList<>();
        List<Step> changed = new ArrayList<>();
        double at = 0;
        for (int i = 0; i < texts.size(); i++) {
            double to = at + shares[i] * ms;
            cold.add(new Step(texts.get(i), i + 2, false, at, to));
            changed.add(new Step(texts.get(i), i + 2, i < reached, at, i < reached ? at : to));
            at = to;
        }
        store.append(
                BuildRecord.FILE,
                new BuildRecord(
                        1, block, target, false, BuildRecord.COLD, "", ms, null, null, null, null, List.of(), cold));
        store.append(
                BuildRecord.FILE,
                new BuildRecord(
                        1,
                        block,
                        target,
                        false,
                        BuildRecord.CHANGE,
                        "line-2",
                        ms,
                        null,
                        0.1,
                        3,
                        0,
                        List.of(),
                        changed));
        store.append(launch(block, target, Map.of(BuildMetrics.CHANGE.id(), ms)));
    }

    private String report() throws IOException {
        Reports.write(store);
        return Files.readString(directory.resolve("report.html"));
    }

    private void trial(int block, String target, double ms, int run, int reused) {
        store.append(BuildRecord.FILE, record(block, target, BuildRecord.COLD, "", 5_000, null, null, null, null));
        store.append(BuildRecord.FILE, record(block, target, BuildRecord.UNCHANGED, "", 50, null, 0.0, 4, 4));
        store.append(BuildRecord.FILE, build(block, target, ms, run, reused));
        store.append(launch(
                block,
                target,
                Map.of(
                        BuildMetrics.CHANGE.id(),
                        ms,
                        BuildMetrics.TO_READY.id(),
                        ms + 300,
                        BuildMetrics.COLD.id(),
                        5_000.0 + block,
                        BuildMetrics.UNCHANGED.id(),
                        50.0 + block,
                        BuildMetrics.NEW.id(),
                        0.1 * run,
                        BuildMetrics.REUSED.id(),
                        (double) reused)));
    }

    private void disk(int block, double ms) {
        store.append(
                BuildRecord.FILE,
                new BuildRecord(
                        1,
                        block,
                        "vm",
                        block == 0,
                        BuildRecord.CHANGE,
                        "source",
                        ms,
                        ms + 3_000,
                        1.5,
                        null,
                        null,
                        List.of(
                                new Part("build", 0, ms / 2),
                                new Part("disk", ms / 2, ms),
                                new Part("start", ms, ms + 3_000)),
                        List.of()));
        store.append(launch(
                block,
                "vm",
                Map.of(
                        BuildMetrics.CHANGE.id(),
                        ms,
                        BuildMetrics.TO_READY.id(),
                        ms + 3_000,
                        BuildMetrics.NEW.id(),
                        1.5)));
    }

    private static BuildRecord build(int block, String target, double ms, int run, int reused) {
        return record(block, target, BuildRecord.CHANGE, "source", ms, ms + 300, 0.1 * run, 4, reused);
    }

    private static BuildRecord record(
            int block,
            String target,
            String kind,
            String change,
            double ms,
            @Nullable Double readyMs,
            @Nullable Double newMib,
            @Nullable Integer layers,
            @Nullable Integer reused) {
        boolean cached = kind.equals(BuildRecord.UNCHANGED);
        return new BuildRecord(
                1,
                block,
                target,
                block == 0,
                kind,
                change,
                ms,
                readyMs,
                newMib,
                layers,
                reused,
                readyMs == null ? List.of() : List.of(new Part("build", 0, ms), new Part("start", ms, readyMs)),
                List.of(
                        kind.equals(BuildRecord.COLD)
                                ? new Step("RUN make <all>", 3, false, 1, ms - 1)
                                : new Step("FROM base", 1, true, 0, 1),
                        new Step("COPY . .", 4, cached, 1, ms - 1)));
    }

    private static Launch launch(int block, String target, Map<String, Double> values) {
        return new Launch(1, block, 0, target, block == 0, true, "2026-11-27T12:00:00Z", values, List.of(), null);
    }

    private static Result result() {
        return result(
                List.of(target("good", "Dockerfile"), target("bad", "Dockerfile.bad"), target("vm", "Dockerfile")));
    }

    private static Result result(List<Result.TargetFacts> targets) {
        return Samples.of("build", BLOCKS, targets);
    }

    private static Result.TargetFacts target(String name, String dockerfile) {
        TargetKind kind = name.equals("vm") ? TargetKind.VM : TargetKind.CONTAINER;
        return new Result.TargetFacts(name, kind, "docker", false, Map.of("Dockerfile", dockerfile), null);
    }
}
