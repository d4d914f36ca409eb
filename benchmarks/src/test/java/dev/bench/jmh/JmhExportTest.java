package dev.bench.jmh;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.result.Failure;
import dev.bench.result.Launch;
import dev.bench.session.LaunchValues;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Reads the fields that tools for JMH's JSON read. */
final class JmhExportTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void holdsWhatToolsForJmhRead() throws IOException {
        JsonNode results = JSON.readTree(JmhExport.json(
                List.of(launch("vm", 1, 1, 100.0), launch("vm", 1, 2, 200.0), launch("vm", 2, 1, 300.0))));

        assertEquals(1, results.size());
        JsonNode result = results.get(0);
        assertEquals(
                "dev.bench.jmh.LaunchBenchmark.launch", result.path("benchmark").asText());
        assertEquals("ss", result.path("mode").asText());
        assertEquals("vm", result.path("params").path("target").asText());
        assertEquals(1, result.path("threads").asInt());
        assertEquals(2, result.path("forks").asInt());
        assertEquals(2, result.path("measurementIterations").asInt());
        assertEquals(0, result.path("warmupIterations").asInt());
        for (String field : List.of("jmhVersion", "jvm", "jdkVersion", "vmName", "vmVersion")) {
            assertFalse(result.path(field).asText().isEmpty(), field);
        }
        JsonNode metric = result.path("primaryMetric");
        assertEquals("ms/op", metric.path("scoreUnit").asText());
        assertEquals(200.0, metric.path("score").asDouble(), 1e-9);
        assertEquals(100.0, metric.path("scorePercentiles").path("0.0").asDouble(), 1e-9);
        assertEquals(300.0, metric.path("scorePercentiles").path("100.0").asDouble(), 1e-9);
        assertTrue(metric.has("scoreError") && metric.has("scoreConfidence"));
        assertTrue(result.path("secondaryMetrics").isObject());
    }

    @Test
    void keepsEveryLaunchInItsForkAndOrder() throws IOException {
        JsonNode raw = JSON.readTree(JmhExport.json(List.of(
                        launch("vm", 2, 1, 4.5),
                        launch("vm", 1, 1, 1.25),
                        launch("vm", 1, 2, 0.000_123),
                        launch("vm", 1, 3, 3.0))))
                .get(0)
                .path("primaryMetric")
                .path("rawData");

        assertEquals(List.of(List.of(1.25, 0.000_123, 3.0), List.of(4.5)), numbers(raw));
    }

    @Test
    void givesEveryTargetAResultOfItsOwn() throws IOException {
        JsonNode results = JSON.readTree(JmhExport.json(
                List.of(launch("vm", 1, 1, 3), launch("docker", 1, 1, 2), launch("docker (A/A)", 1, 1, 2))));

        List<String> targets = new ArrayList<>();
        results.forEach(
                result -> targets.add(result.path("params").path("target").asText()));
        assertEquals(List.of("docker", "docker (A/A)", "vm"), targets);
    }

    @Test
    void leavesOutFailuresAndDiscardedLaunches() throws IOException {
        Launch failed = new Launch(
                1, 2, 0, "vm", false, false, "", Map.of(), List.of(), new Failure("timeout", "too late", null));
        Launch discarded =
                new Launch(1, 0, 0, "vm", true, true, "", Map.of(LaunchValues.JMH_SCORE, 999.0), List.of(), null);
        JsonNode results = JSON.readTree(JmhExport.json(List.of(discarded, launch("vm", 1, 1, 3), failed)));

        assertEquals(
                List.of(List.of(3.0)),
                numbers(results.get(0).path("primaryMetric").path("rawData")));
        assertEquals(
                0, JSON.readTree(JmhExport.json(List.of(discarded, failed))).size());
        assertTrue(JSON.readTree(JmhExport.json(List.of())).isArray());
    }

    @Test
    void escapesTheNameOfATarget() throws IOException {
        String name = "a \"name\" with \\ and ü";

        assertEquals(
                name,
                JSON.readTree(JmhExport.json(List.of(launch(name, 1, 1, 3))))
                        .get(0)
                        .path("params")
                        .path("target")
                        .asText());
    }

    private static Launch launch(String target, int session, int block, double score) {
        return new Launch(
                session,
                block,
                0,
                target,
                false,
                true,
                "",
                Map.of(LaunchValues.JMH_SCORE, score, "startup.ready_ms", score),
                List.of(),
                null);
    }

    private static List<List<Double>> numbers(JsonNode raw) {
        List<List<Double>> forks = new ArrayList<>();
        raw.forEach(fork -> {
            List<Double> values = new ArrayList<>();
            fork.forEach(value -> values.add(value.asDouble()));
            forks.add(values);
        });
        return forks;
    }
}
