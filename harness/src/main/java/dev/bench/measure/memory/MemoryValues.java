package dev.bench.measure.memory;

import dev.bench.measure.memory.MemoryReading.Value;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Turns a ramp's readings into the values of its launch. */
final class MemoryValues {
    private static final List<Value> GUEST =
            List.of(Value.GUEST_WORKLOAD, Value.GUEST_CACHE, Value.GUEST_KERNEL, Value.GUEST_FREE);

    private MemoryValues() {}

    /**
     * Computes the marginal costs and their layers.
     *
     * <p>Marginal cost and layers are slopes of least-squares lines over all steps, so that they add up: the residual is
     * what the layers leave of the marginal cost. A guest's memory is divided as it was at the last step.
     *
     * @param idle the readings, the first without an instance
     * @param loaded the reading after load, or null
     */
    static Map<String, Double> of(List<MemoryReading> idle, @Nullable MemoryReading loaded) {
        MemoryReading base = idle.get(0);
        MemoryReading last = idle.get(idle.size() - 1);
        Map<String, Double> values = new LinkedHashMap<>();
        double marginal = slope(idle, reading -> reading.lossSince(base));
        values.put(MemoryMetrics.MARGINAL.id(), marginal);
        if (loaded != null) {
            double more = (loaded.lossSince(base) - last.lossSince(base)) / last.instances();
            values.put(MemoryMetrics.LOADED.id(), marginal + more);
        }
        values.put(MemoryMetrics.PSS.id(), each(last, Value.PSS));
        if (last.has(Value.CGROUP_TOTAL)) {
            values.put(
                    MemoryMetrics.CGROUP.id(),
                    each(last, Value.CGROUP_ANONYMOUS)
                            + each(last, Value.CGROUP_SHARED)
                            + each(last, Value.CGROUP_KERNEL));
        }
        values.put(MemoryMetrics.LAYER.id(), each(last, Value.DISK_LAYER));
        layers(idle, last, marginal, values);
        return values;
    }

    private static void layers(
            List<MemoryReading> idle, MemoryReading last, double marginal, Map<String, Double> values) {
        double guest = slope(idle, reading -> reading.value(Value.GUEST_BACKED));
        double divided = GUEST.stream().mapToDouble(last::value).sum();
        double perMebibyte = divided > 0 ? guest / divided : 0;
        Map<MemoryLayer, Double> layers = new LinkedHashMap<>();
        layers.put(
                MemoryLayer.WORKLOAD,
                slope(idle, reading -> reading.value(Value.WORKLOAD)) + perMebibyte * last.value(Value.GUEST_WORKLOAD));
        layers.put(MemoryLayer.GUEST_KERNEL, perMebibyte * last.value(Value.GUEST_KERNEL));
        layers.put(MemoryLayer.GUEST_CACHE, perMebibyte * last.value(Value.GUEST_CACHE));
        layers.put(MemoryLayer.GUEST_FREE, perMebibyte * last.value(Value.GUEST_FREE));
        layers.put(MemoryLayer.MONITOR, slope(idle, reading -> reading.value(Value.MONITOR)));
        layers.put(MemoryLayer.SHIM, slope(idle, reading -> reading.value(Value.SHIM)));
        layers.put(MemoryLayer.DAEMON, slope(idle, reading -> reading.value(Value.DAEMON)));
        layers.put(MemoryLayer.KERNEL, slope(idle, reading -> reading.value(Value.KERNEL)));
        double sum = layers.values().stream().mapToDouble(Double::doubleValue).sum();
        layers.put(MemoryLayer.RESIDUAL, marginal - sum);
        layers.put(MemoryLayer.PAGE_CACHE, slope(idle, reading -> reading.value(Value.PAGE_CACHE)));
        layers.forEach((layer, value) -> values.put(layer.id(), value));
    }

    private static double each(MemoryReading reading, Value value) {
        return reading.value(value) / reading.instances();
    }

    private static double slope(List<MemoryReading> readings, ToDoubleFunction<MemoryReading> value) {
        return LeastSquares.slope(
                readings.stream().mapToDouble(MemoryReading::instances).toArray(),
                readings.stream().mapToDouble(value).toArray());
    }
}
