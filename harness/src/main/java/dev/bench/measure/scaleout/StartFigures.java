package dev.bench.measure.scaleout;

import dev.bench.measure.scaleout.ScaleOutTrial.Start;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Computes the metrics of simultaneous starts. Failures stay in the denominator: the time they took counts. */
final class StartFigures {
    private StartFigures() {}

    /** Returns the values by metric name; empty where nothing became ready. */
    static Map<String, Double> of(List<Start> starts) {
        Map<String, Double> values = new LinkedHashMap<>();
        double[] ready = starts.stream()
                .filter(start -> start.readyMs() != null)
                .mapToDouble(Start::endedMs)
                .sorted()
                .toArray();
        if (ready.length == 0) {
            return values;
        }
        double end = starts.stream().mapToDouble(Start::endedMs).max().orElseThrow();
        values.put(ScaleOutMetrics.READY.id(), ready.length / end * 1_000);
        values.put(ScaleOutMetrics.FIRST.id(), ready[0]);
        int half = (starts.size() + 1) / 2;
        if (ready.length >= half) {
            values.put(ScaleOutMetrics.HALF.id(), ready[half - 1]);
        }
        if (ready.length == starts.size()) {
            values.put(ScaleOutMetrics.ALL.id(), ready[ready.length - 1]);
        }
        double[] latencies = starts.stream()
                .filter(start -> start.readyMs() != null)
                .mapToDouble(start -> start.endedMs() - start.intendedMs())
                .sorted()
                .toArray();
        int middle = latencies.length / 2;
        values.put(
                ScaleOutMetrics.START.id(),
                latencies.length % 2 == 1 ? latencies[middle] : (latencies[middle - 1] + latencies[middle]) / 2);
        return values;
    }
}
