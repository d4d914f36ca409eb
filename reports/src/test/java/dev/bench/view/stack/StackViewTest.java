package dev.bench.view.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.measure.stack.StackMetrics;
import dev.bench.measure.stack.StackRecord;
import dev.bench.measure.stack.StackRecord.Edge;
import dev.bench.measure.stack.StackRecord.FrontLoad;
import dev.bench.measure.stack.StackRecord.PathPart;
import dev.bench.measure.stack.StackRecord.ServiceTimes;
import dev.bench.report.Reports;
import dev.bench.report.Samples;
import dev.bench.result.Launch;
import dev.bench.result.Quantile;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.TargetKind;
import dev.bench.view.Question;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackViewTest {
    private static final int BLOCKS = 6;

    @TempDir
    private Path directory;

    @Test
    void namesTheCriticalPathAndDrawsEveryService() throws IOException {
        ResultStore store = ResultStore.create(directory);
        for (int block = 0; block <= BLOCKS; block++) {
            trial(store, block, "containers", 1000 + 10 * block);
            trial(store, block, "machines", 4000 + 10 * block);
        }
        store.write("scenario.yaml", "name: stack\n".getBytes(StandardCharsets.UTF_8));
        store.write(result());

        Reports.write(store);
        String html = Files.readString(directory.resolve("report.html"));
        assertTrue(
                html.contains("<h1>stack, application answers: containers 1.24 s; machines 4.24 s, 3.43×"),
                html.substring(html.indexOf("<h1>"), html.indexOf("</h1>")));
        for (String part : List.of(
                "containers: db starts 300 ms, then db gets healthy 730 ms, then front starts 99 ms, then front"
                        + " answers 100 ms: 99.9 % of 1.23 s until all was up",
                "Services of containers",
                "db healthy",
                "3, the last before its interval was over",
                "labels are not kept",
                "What the service in front answered",
                "client-bound, no result",
                "1234/s")) {
            assertTrue(html.contains(part), part);
        }
        assertFalse(html.contains("NaN"));
    }

    @Test
    void asksHowLongTheWholeTakesToAnswerAndToBeGone() {
        assertEquals(
                List.of(
                        "How long until the whole application answers?",
                        "How long to take it down?",
                        "How much does the whole application answer?"),
                new StackView().questions().stream().map(Question::words).toList());
    }

    private static void trial(ResultStore store, int block, String target, double healthy) {
        ServiceTimes db = new ServiceTimes("db", List.of(), 0, 300, healthy, null, 3, true);
        ServiceTimes front = new ServiceTimes(
                "front", List.of(new Edge("db", "healthy")), healthy + 1, healthy + 100, null, null, 0, false);
        double answer = healthy + 200;
        List<PathPart> path = List.of(
                new PathPart("db", "starts", 0, 300),
                new PathPart("db", "gets healthy", 300, healthy),
                new PathPart("front", "starts", healthy + 1, healthy + 100),
                new PathPart("front", "answers", healthy + 100, answer));
        store.append(
                StackRecord.FILE,
                new StackRecord(
                        1,
                        block,
                        target,
                        block == 0,
                        healthy + 100,
                        answer,
                        List.of(db, front),
                        path,
                        loads(target, block),
                        List.of("labels: labels are not kept")));
        Map<String, Double> values = Map.of(
                StackMetrics.ANSWER.id(),
                answer,
                StackMetrics.READY.id(),
                healthy + 100,
                StackMetrics.DOWN.id(),
                500.0,
                StackMetrics.MEMORY.id(),
                50.0);
        store.append(
                new Launch(1, block, 0, target, block == 0, true, "2026-11-27T12:00:00Z", values, List.of(), null));
    }

    /** The client was the bottleneck of every trial of the containers' closed loop. */
    private static List<FrontLoad> loads(String target, int block) {
        boolean bound = target.equals("containers");
        List<Quantile> latency = List.of(new Quantile(50, 2), new Quantile(99, 20 + block));
        return List.of(
                new FrontLoad(false, 1234, 1234, 6170, 3, latency, latency, bound ? 0.95 : 0.5, bound),
                new FrontLoad(true, 100, 100, 500, 0, latency, latency, 0.1, false));
    }

    private static Result result() {
        return Samples.of(
                "stack",
                BLOCKS,
                List.of(
                        new Result.TargetFacts("containers", TargetKind.CONTAINER, "docker", false, Map.of(), null),
                        new Result.TargetFacts("machines", TargetKind.VM, "libvirt", false, Map.of(), null)));
    }
}
