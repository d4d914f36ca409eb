package dev.bench.target;

import dev.bench.host.FileTrees;
import dev.bench.result.FailureKind;
import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Builds images with a container engine, for whatever substrate they are then launched on. Used by one thread at a time, whose
 * interrupt ends a build.
 */
public interface EngineBuilder extends AutoCloseable {
    /**
     * Removes everything that has been built in this lab and every cache of it, the base image left out; not timed.
     *
     * @throws LaunchException where that fails, or where something is left that would make the next build a warm one
     */
    void reset() throws LaunchException;

    /**
     * Builds; all of it is timed.
     *
     * @throws LaunchException where it fails, of the kind {@link FailureKind#BUILD} where it lies with the Dockerfile
     */
    BuiltImage build() throws LaunchException;

    /**
     * Returns the layers of an image above those of the base, lowest first.
     *
     * @throws LaunchException where the engine does not say
     */
    List<Layer> layers(BuiltImage image) throws LaunchException;

    /**
     * Returns how an image runs, after the scenario's own command and environment were applied.
     *
     * @throws LaunchException where the engine does not say, or neither names a command
     */
    ImageConfig config(BuiltImage image) throws LaunchException;

    /** Removes everything that was built, caches too; never throws. */
    @Override
    void close();

    /**
     * Is one layer.
     *
     * @param id digest of its uncompressed content
     * @param directory its files on this host, as overlayfs takes them; null where the engine keeps them otherwise
     */
    record Layer(String id, @Nullable Path directory) {}

    /**
     * Compares the layers of two images.
     *
     * @throws LaunchException where the layers that are new cannot be weighed
     */
    static ImageBuilder.Difference difference(List<Layer> before, List<Layer> now) throws LaunchException {
        List<Layer> added =
                now.stream().filter(layer -> !before.contains(layer)).toList();
        try {
            long bytes = FileTrees.allocatedBytes(added.stream()
                    .flatMap(layer -> Optional.ofNullable(layer.directory()).stream())
                    .toList());
            return new ImageBuilder.Difference(bytes, now.size(), now.size() - added.size());
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot weigh the layers of an image: " + e.getMessage(), e);
        }
    }
}
