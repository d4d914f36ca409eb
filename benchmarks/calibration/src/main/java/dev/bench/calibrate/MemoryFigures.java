package dev.bench.calibrate;

import dev.bench.figure.CalibrationException;
import dev.bench.figure.Figure;
import dev.bench.image.ImageException;
import dev.bench.known.TouchWorkload;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.result.ResultStore;
import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Holds measured memory against a workload that touches a known amount, and the harness against a limit of its own. */
final class MemoryFigures {
    private static final double TRUTH_MIB = 3;
    private static final double RESIDENT_MIB = 250;
    private static final int INSTANCES = 32;

    private final Path directory;
    private final WholeRuns runs;

    MemoryFigures(Path directory, WholeRuns runs) {
        this.directory = directory;
        this.runs = runs;
    }

    /** Runs the workload with every amount, and compares the shifts of each target's cost with what was touched. */
    List<Figure> truth() throws CalibrationException, LabException, ImageException, IOException {
        Map<String, Double> none = new LinkedHashMap<>();
        Map<String, Double> largest = new LinkedHashMap<>();
        for (int amount : TouchWorkload.AMOUNTS_MIB) {
            Path scenario = TouchWorkload.write(
                    directory, amount, "[1, 2, 3]", TouchWorkload.EVERY_TARGET, "{blocks: 3, control: false}");
            costs(run(scenario)).forEach((target, cost) -> {
                none.putIfAbsent(target, cost);
                double shift = cost - none.getOrDefault(target, cost);
                largest.merge(target, Math.abs(shift - amount), Math::max);
            });
        }
        return largest.entrySet().stream()
                .map(entry ->
                        mebibytes("memory truth test, largest error: " + entry.getKey(), entry.getValue(), TRUTH_MIB))
                .toList();
    }

    private static Map<String, Double> costs(ResultStore store) {
        Map<String, List<Double>> all = new LinkedHashMap<>();
        store.launches().stream()
                .filter(launch -> launch.ok() && !launch.warmup())
                .forEach(launch -> all.computeIfAbsent(launch.target(), target -> new ArrayList<>())
                        .add(TouchWorkload.cost(launch)));
        Map<String, Double> medians = new LinkedHashMap<>();
        all.forEach((target, costs) -> medians.put(
                target,
                Figure.median(costs.stream().mapToDouble(Double::doubleValue).toArray())));
        return medians;
    }

    /** Runs many processes and containers side by side, and takes the most that both JVMs ever had in memory. */
    Figure resident() throws CalibrationException, LabException, ImageException, IOException {
        Path scenario = TouchWorkload.write(
                directory,
                0,
                "[" + INSTANCES + "]",
                "{process: {}, container: {docker: {}}}",
                "{blocks: 1, control: false}");
        double most = run(scenario).details(MemoryReading.FILE).stream()
                .filter(reading -> reading.instances() == INSTANCES)
                .mapToDouble(reading -> reading.value(MemoryReading.Value.HARNESS_RESIDENT))
                .max()
                .orElseThrow(() -> new CalibrationException("no run of " + INSTANCES + " instances was read", null));
        return mebibytes("harness resident set, " + INSTANCES + " instances", most, RESIDENT_MIB);
    }

    private ResultStore run(Path scenario) throws CalibrationException, LabException, ImageException {
        return new ResultStore(
                runs.run(runs.plan(scenario), directory.resolve("results")).directory());
    }

    private static Figure mebibytes(String name, double value, double limit) {
        return new Figure(name, String.format(Locale.ROOT, "%.2f MiB", value), "", value, limit, Figure.Kind.AT_MOST);
    }
}
