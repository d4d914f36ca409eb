package dev.bench.measure.delivery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.result.Metric;
import java.util.List;
import org.junit.jupiter.api.Test;

class DeliveryMetricsTest {
    @Test
    void theFirstDeliveryHasTheMetricsThemselvesAndTheOthersMembers() {
        assertEquals(
                List.of(
                        "delivery.to_ready_ms",
                        "delivery.to_ready_ms.changed",
                        "delivery.to_ready_ms.unchanged",
                        "delivery.pull_ms"),
                DeliveryMetrics.ALL.stream().map(Metric::id).limit(4).toList());
        assertEquals(12, DeliveryMetrics.ALL.size());
        assertEquals(
                "Pull to ready: changed",
                DeliveryCase.CHANGED.of(DeliveryMetrics.TO_READY).title());
    }
}
