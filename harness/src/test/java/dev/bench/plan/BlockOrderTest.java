package dev.bench.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class BlockOrderTest {
    private static final int BLOCKS = 1_200;

    @Test
    void everyBlockHoldsEveryTargetOnce() {
        Plan plan = Plans.plan(7, true, "a", "b", "c");
        for (int session = 1; session <= 2; session++) {
            for (int block = 0; block < 100; block++) {
                assertEquals(
                        List.of("a", "a (A/A)", "b", "c"),
                        BlockOrder.order(plan, session, block).stream().sorted().toList());
            }
        }
    }

    @Test
    void hasNoCopyOfTheReferenceWhereThePlanHasNone() {
        assertEquals(
                List.of("a", "b"),
                BlockOrder.order(Plans.plan(7, false, "a", "b"), 1, 0).stream()
                        .sorted()
                        .toList());
    }

    @Test
    void theSameSeedGivesTheSameOrder() {
        assertEquals(orders(7, 1), orders(7, 1));
        assertNotEquals(orders(7, 1), orders(8, 1));
        assertNotEquals(orders(7, 1), orders(7, 2));
    }

    @Test
    void noPlaceInABlockFavoursATarget() {
        for (long seed : new long[] {0, 1, 2_147_483_647L}) {
            Map<String, Integer> counts = new HashMap<>();
            for (List<String> order : orders(seed, 1)) {
                for (int place = 0; place < order.size(); place++) {
                    counts.merge(order.get(place) + " at " + place, 1, Integer::sum);
                }
                counts.merge("after one another " + String.join(" ", order), 1, Integer::sum);
            }
            // Nine places of 400 each, standard deviation 16; six orders of 200 each, standard deviation 13.
            assertEquals(15, counts.size());
            counts.forEach((what, count) -> {
                int expected = what.startsWith("after") ? BLOCKS / 6 : BLOCKS / 3;
                assertTrue(Math.abs(count - expected) < 80, what + ": " + count + ", seed " + seed);
            });
        }
    }

    private static List<List<String>> orders(long seed, int session) {
        Plan plan = Plans.plan(seed, false, "a", "b", "c");
        List<List<String>> orders = new ArrayList<>();
        for (int block = 0; block < BLOCKS; block++) {
            orders.add(BlockOrder.order(plan, session, block));
        }
        return orders;
    }
}
