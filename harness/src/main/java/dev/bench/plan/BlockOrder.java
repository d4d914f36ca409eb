package dev.bench.plan;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;

/** Decides the order of launches within each block. */
public final class BlockOrder {
    private BlockOrder() {}

    /**
     * Returns the names of one block's launches in order: every target once, and the A/A copy of the reference where
     * the plan has one.
     *
     * <p>A Fisher-Yates shuffle of the scenario's order, drawn from a generator seeded by plan, session and block alone,
     * so that any block can be repeated without those before it.
     *
     * @param session number of the session, from 1
     * @param block number of the block, from 0
     */
    public static List<String> order(Plan plan, int session, int block) {
        List<String> names = new ArrayList<>();
        plan.targets().forEach(target -> names.add(target.name()));
        String control = plan.controlName();
        if (control != null) {
            names.add(control);
        }
        SplittableRandom random =
                new SplittableRandom(plan.schedule().seed() * 1_000_003L + session * 100_003L + block);
        for (int last = names.size() - 1; last > 0; last--) {
            Collections.swap(names, last, random.nextInt(last + 1));
        }
        return List.copyOf(names);
    }
}
