package dev.bench.measure.memory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.bench.measure.memory.MemoryReading.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryValuesTest {
    private static final double EXACT = 1e-9;

    private static MemoryReading reading(int instances, boolean loaded, Map<Value, Double> amounts) {
        Map<String, Double> values = new HashMap<>();
        amounts.forEach((value, amount) -> values.put(value.id(), amount));
        return new MemoryReading(1, 1, "vm", false, instances, loaded, true, 1, values);
    }

    /** Every instance takes 100 MiB, the first one 7 more; the harness grows by 2 MiB an instance meanwhile. */
    private static List<MemoryReading> ramp() {
        List<MemoryReading> readings = new ArrayList<>();
        for (int n : List.of(0, 1, 2, 4, 8)) {
            double once = n == 0 ? 0 : 7;
            readings.add(reading(
                    n,
                    false,
                    Map.of(
                            Value.AVAILABLE,
                            20_000 - 102.0 * n - once,
                            Value.HARNESS,
                            90 + 2.0 * n,
                            Value.GUEST_BACKED,
                            80.0 * n,
                            Value.MONITOR,
                            12.0 * n,
                            Value.KERNEL,
                            500 + 1.0 * n,
                            Value.PSS,
                            95.0 * n)));
        }
        return readings;
    }

    @Test
    void whatTheFirstInstanceTakesOnceIsMostlyInTheIntercept() {
        // Least squares over 0, 1, 2, 4, 8: a step of 7 after 0 tilts the line by 7 * 3 / 40.
        assertEquals(100 + 7 * 3 / 40.0, MemoryValues.of(ramp(), null).get("memory.marginal_mib"), EXACT);
    }

    @Test
    void theLayersAndTheResidualAddUpToTheMarginalCost() {
        Map<String, Double> values = MemoryValues.of(ramp(), null);
        double sum = 0;
        for (MemoryLayer layer : MemoryLayer.values()) {
            if (layer != MemoryLayer.PAGE_CACHE) {
                sum += values.get(layer.id());
            }
        }
        assertEquals(values.get("memory.marginal_mib"), sum, EXACT);
        assertEquals(12, values.get(MemoryLayer.MONITOR.id()), EXACT);
        assertEquals(1, values.get(MemoryLayer.KERNEL.id()), EXACT);
    }

    @Test
    void dividesTheGuestAsItWasAtTheLastStep() {
        List<MemoryReading> readings = ramp();
        Map<String, Double> last = new HashMap<>(readings.get(4).values());
        MemoryReader.divide(
                last,
                Map.of("MemTotal", 90L << 20, "MemFree", 40L << 20, "AnonPages", 10L << 20, "Cached", 20L << 20),
                100L << 20,
                80L << 20);
        readings.set(4, new MemoryReading(1, 1, "vm", false, 8, false, true, 1, last));
        Map<String, Double> values = MemoryValues.of(readings, null);

        assertEquals(10, values.get(MemoryLayer.WORKLOAD.id()), EXACT);
        assertEquals(20, values.get(MemoryLayer.GUEST_CACHE.id()), EXACT);
        // Of 100 MiB 60 are not free; 30 of those are neither processes nor cache.
        assertEquals(30, values.get(MemoryLayer.GUEST_KERNEL.id()), EXACT);
        assertEquals(20, values.get(MemoryLayer.GUEST_FREE.id()), EXACT);
    }

    @Test
    void neverDividesMoreThanTheHostBacks() {
        Map<String, Double> values = new HashMap<>();
        MemoryReader.divide(
                values,
                Map.of("MemFree", 10L << 20, "AnonPages", 30L << 20, "Cached", 40L << 20),
                100L << 20,
                50L << 20);
        assertEquals(30, values.get(Value.GUEST_WORKLOAD.id()), EXACT);
        assertEquals(20, values.get(Value.GUEST_CACHE.id()), EXACT);
        assertEquals(0, values.get(Value.GUEST_KERNEL.id()), EXACT);
        assertEquals(0, values.get(Value.GUEST_FREE.id()), EXACT);
    }

    @Test
    void whatLoadAddsIsAddedToTheIdleCost() {
        MemoryReading loaded =
                reading(8, true, Map.of(Value.AVAILABLE, 20_000 - 102.0 * 8 - 7 - 16, Value.HARNESS, 90 + 2.0 * 8));
        Map<String, Double> values = MemoryValues.of(ramp(), loaded);
        assertEquals(values.get("memory.marginal_mib") + 2, values.get("memory.loaded_mib"), EXACT);
    }

    @Test
    void saysNothingOfChargedMemoryWithoutAGroup() {
        Map<String, Double> values = MemoryValues.of(ramp(), null);
        assertFalse(values.containsKey("memory.cgroup_mib"));
        assertFalse(values.containsKey("memory.loaded_mib"));
        assertEquals(95, values.get("memory.pss_mib"), EXACT);
    }

    @Test
    void oneReadingMakesNoLine() {
        assertThrows(IllegalArgumentException.class, () -> MemoryValues.of(ramp().subList(0, 1), null));
    }
}
