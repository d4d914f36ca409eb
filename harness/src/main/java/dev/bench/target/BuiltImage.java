package dev.bench.target;

import java.util.List;

/**
 * Is what one build has made, ready to be launched from.
 *
 * @param id what tells it from every other, such as an image ID
 * @param reference what launches name it by: a reference of an engine, or the path of a disk
 * @param parts what the time went into
 * @param steps what the builder did, in order of their beginning
 */
public record BuiltImage(String id, String reference, List<BuildPart> parts, List<BuildStep> steps) {
    public BuiltImage {
        parts = List.copyOf(parts);
        steps = List.copyOf(steps);
    }
}
