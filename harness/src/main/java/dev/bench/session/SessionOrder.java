package dev.bench.session;

import dev.bench.plan.Plan;
import dev.bench.result.SortedMaps;
import dev.bench.target.LabView;
import dev.bench.workload.PreparedImage;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Tells a measuring JVM all it has to know; stored as JSON and handed over as a file.
 *
 * @param plan what to do
 * @param image the prepared image
 * @param baseline the prepared image of a gate's baselines, or null where they run the same
 * @param services the prepared images of an application's services, by their names; empty for a single program
 * @param changed the prepared images that services are changed to, by their names; empty for none
 * @param lab the lab to work in
 * @param session number of this session, from 1
 * @param prove whether this session proves the targets' identity before it measures
 * @param resultDirectory where launches are appended
 */
public record SessionOrder(
        Plan plan,
        PreparedImage image,
        @Nullable PreparedImage baseline,
        Map<String, PreparedImage> services,
        Map<String, PreparedImage> changed,
        LabView lab,
        int session,
        boolean prove,
        Path resultDirectory) {
    public SessionOrder {
        services = SortedMaps.copyOf(services);
        changed = SortedMaps.copyOf(changed);
    }

    /** Creates an order for a single program. */
    public SessionOrder(
            Plan plan,
            PreparedImage image,
            @Nullable PreparedImage baseline,
            LabView lab,
            int session,
            boolean prove,
            Path resultDirectory) {
        this(plan, image, baseline, Map.of(), Map.of(), lab, session, prove, resultDirectory);
    }

    /** Returns the image that a target runs, by the target's name. */
    public PreparedImage imageOf(String target) {
        return baseline != null && plan.runsBaselineImage(target) ? baseline : image;
    }
}
