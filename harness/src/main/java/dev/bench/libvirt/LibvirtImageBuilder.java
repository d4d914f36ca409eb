package dev.bench.libvirt;

import dev.bench.host.FileTrees;
import dev.bench.image.DiskBuilder;
import dev.bench.image.DiskUpdate;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.result.FailureKind;
import dev.bench.target.BuildPart;
import dev.bench.target.BuiltImage;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Builds disks of machines: a container engine builds the image, whose layers and base are put over one another to one tree,
 * of which a disk is made. The first disk is made whole; later ones are the disk before with what differs written into it.
 */
final class LibvirtImageBuilder implements ImageBuilder {
    private static final int CLUSTER = 64 << 10;
    private static final int BUFFER = 16 * CLUSTER;

    private final EngineBuilder engine;
    private final LibvirtTarget target;
    private final PreparedImage base;
    private final Path directory;
    private final Path disk;
    private final Path snapshot;
    private List<EngineBuilder.Layer> layers = List.of();
    private @Nullable Path tree;
    /** Trees of earlier images, which are unmounted outside the times. */
    private final List<Path> former = new ArrayList<>();

    private int builds;

    /** @param directory for trees and disks; made and removed here */
    LibvirtImageBuilder(EngineBuilder engine, LibvirtTarget target, PreparedImage base, Path directory) {
        this.engine = engine;
        this.target = target;
        this.base = base;
        this.directory = directory;
        this.disk = directory.resolve("disk.raw");
        this.snapshot = directory.resolve("before.raw");
    }

    @Override
    public void reset() throws LaunchException {
        try {
            forget();
            Files.createDirectories(directory);
        } catch (IOException e) {
            throw failed("remove what was built before", e);
        }
        engine.reset();
    }

    private void forget() throws IOException {
        unmountFormer();
        if (tree != null) {
            MergedTree.unmount(tree);
            tree = null;
        }
        layers = List.of();
        FileTrees.delete(directory);
    }

    @Override
    public BuiltImage build() throws LaunchException {
        long requested = System.nanoTime();
        BuiltImage image = engine.build();
        List<BuildPart> parts = new ArrayList<>(image.parts());
        try {
            double built = since(requested);
            List<EngineBuilder.Layer> now = engine.layers(image);
            Path before = tree;
            if (before == null || !now.equals(layers)) {
                Path flattened = flatten(now);
                tree = flattened;
                if (before != null) {
                    former.add(before);
                }
                double flat = since(requested);
                parts.add(new BuildPart("flatten", built, flat));
                write(before, flattened, now, image.id());
                parts.add(new BuildPart("disk", flat, since(requested)));
                layers = now;
            }
        } catch (IOException e) {
            throw failed("make a disk of the image", e);
        }
        return new BuiltImage(image.id(), disk.toString(), parts, image.steps());
    }

    private static double since(long requested) {
        return (System.nanoTime() - requested) / 1e6;
    }

    private static LaunchException failed(String what, IOException e) {
        return new LaunchException(
                FailureKind.ENGINE,
                "cannot " + what + ": " + e.getMessage() + ". Check the space on the cache's disk",
                e);
    }

    /** Puts the layers over the base's tree, without copying anything. */
    private Path flatten(List<EngineBuilder.Layer> now) throws IOException {
        Path point = directory.resolve("tree-" + ++builds);
        List<Path> topFirst = new ArrayList<>();
        topFirst.add(base.tree());
        for (EngineBuilder.Layer layer : now) {
            topFirst.add(0, directoryOf(layer));
        }
        MergedTree.mount(point, topFirst);
        return point;
    }

    private static Path directoryOf(EngineBuilder.Layer layer) throws IOException {
        Path files = layer.directory();
        if (files == null) {
            throw new IOException("the engine does not say where the files of layer " + layer.id() + " are");
        }
        return files;
    }

    private void write(@Nullable Path before, Path now, List<EngineBuilder.Layer> nowLayers, String identity)
            throws IOException {
        if (before != null) {
            List<Path> differing = new ArrayList<>();
            for (EngineBuilder.Layer layer : Stream.concat(layers.stream(), nowLayers.stream())
                    .filter(layer -> !(layers.contains(layer) && nowLayers.contains(layer)))
                    .toList()) {
                differing.add(directoryOf(layer));
            }
            if (DiskUpdate.apply(disk, before, now, differing, directory)) {
                return;
            }
        }
        Files.deleteIfExists(disk);
        DiskBuilder.buildRaw(now, disk, identity);
    }

    private void unmountFormer() throws IOException {
        for (Path point : former) {
            MergedTree.unmount(point);
        }
        former.clear();
    }

    /** Counts the clusters of the disk that are not what they were when this was last asked. */
    @Override
    public Difference difference(BuiltImage before, BuiltImage now) throws LaunchException {
        try {
            unmountFormer();
            long differing = Files.exists(snapshot) && !before.id().equals(now.id()) ? differing() : 0;
            FileTrees.copySparsely(disk, snapshot);
            return new Difference(differing, -1, -1);
        } catch (IOException e) {
            throw failed("compare the disk with the one before", e);
        }
    }

    private long differing() throws IOException {
        long clusters = 0;
        try (FileChannel before = FileChannel.open(snapshot);
                FileChannel other = FileChannel.open(disk)) {
            long size = Math.max(before.size(), other.size());
            ByteBuffer left = ByteBuffer.allocate(BUFFER);
            ByteBuffer right = ByteBuffer.allocate(BUFFER);
            for (long at = 0; at < size; at += BUFFER) {
                fill(before, left, at);
                fill(other, right, at);
                for (int from = 0; from < BUFFER; from += CLUSTER) {
                    if (!left.slice(from, CLUSTER).equals(right.slice(from, CLUSTER))) {
                        clusters++;
                    }
                }
            }
        }
        return clusters * CLUSTER;
    }

    /** Reads a piece of a file, zeros beyond its end. */
    private static void fill(FileChannel file, ByteBuffer buffer, long at) throws IOException {
        buffer.clear();
        while (buffer.hasRemaining()) {
            if (file.read(buffer, at + buffer.position()) < 0) {
                break;
            }
        }
        while (buffer.hasRemaining()) {
            buffer.put((byte) 0);
        }
        buffer.clear();
    }

    @Override
    public Target target(BuiltImage image) throws LaunchException {
        ImageConfig config = engine.config(image);
        Path files = tree;
        if (files == null) {
            throw new IllegalStateException("nothing has been built");
        }
        try {
            return target.launching(
                    new PreparedImage(image.id(), "", files, "", base.manifest(), disk, config),
                    RuntimeEnvironment.of(config, files));
        } catch (ImageException | IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot run the image that was built: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            forget();
        } catch (IOException e) {
            // The lab unmounts and removes all that is left in its directory.
        }
        engine.close();
    }
}
