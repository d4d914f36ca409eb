package dev.bench.libvirt;

import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Puts directories over one another to one tree that is read only, without copying anything. */
final class MergedTree {
    private MergedTree() {}

    /**
     * Mounts the tree.
     *
     * @param point made for it
     * @param topFirst at least two directories, as overlayfs has layers
     */
    static void mount(Path point, List<Path> topFirst) throws IOException {
        Files.createDirectory(point);
        String lower = topFirst.stream().map(Path::toString).collect(Collectors.joining(":"));
        Commands.runOrThrow(
                Commands.AT_ONCE,
                List.of(
                        "env",
                        // By the newer calls, which mount(8) takes first, an option is no longer than 255 bytes.
                        "LIBMOUNT_FORCE_MOUNT2=always",
                        "mount",
                        "-t",
                        "overlay",
                        "overlay",
                        "-o",
                        "ro,lowerdir=" + lower,
                        point.toString()));
    }

    /** Unmounts a tree and removes its point. */
    static void unmount(Path point) throws IOException {
        Commands.runOrThrow(Commands.AT_ONCE, List.of("umount", point.toString()));
        Files.delete(point);
    }
}
