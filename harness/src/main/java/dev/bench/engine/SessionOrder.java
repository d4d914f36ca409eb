package dev.bench.engine;

import dev.bench.plan.Plan;
import dev.bench.target.LabView;
import dev.bench.workload.PreparedImage;
import java.nio.file.Path;

/**
 * Tells a measuring JVM all it has to know; stored as JSON and handed over as a file.
 *
 * @param plan what to do
 * @param image the prepared image
 * @param lab the lab to work in
 * @param session number of this session, from 1
 * @param prove whether this session proves the targets' identity before it measures
 * @param resultDirectory where launches are appended
 */
public record SessionOrder(
        Plan plan, PreparedImage image, LabView lab, int session, boolean prove, Path resultDirectory) {}
