package dev.bench.run;

import dev.bench.result.ImageLayer;
import dev.bench.workload.PreparedImage;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run measures, and where.
 *
 * @param image the prepared image
 * @param baseline the prepared image of a gate's baselines, or null where they run the same
 * @param services the prepared images of an application's services, by their names; empty for a single program
 * @param changed the prepared images that services are changed to, by their names
 * @param layers what the image is made of, lowest first
 * @param host facts of the host, by name
 */
record Subject(
        PreparedImage image,
        @Nullable PreparedImage baseline,
        Map<String, PreparedImage> services,
        Map<String, PreparedImage> changed,
        List<ImageLayer> layers,
        Map<String, String> host) {}
