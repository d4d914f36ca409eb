package dev.bench.workload;

import java.nio.file.Path;
import java.util.List;

/**
 * Points at an image made ready for every substrate. All files are read-only and shared by every instance.
 *
 * @param digest digest of the image configuration, {@code sha256:...}
 * @param engineReference the reference under which the container engine has the image
 * @param tree the flattened file tree, a directory on the host
 * @param treeDigest SHA-256 of the tree's manifest, hexadecimal
 * @param manifest the tree's manifest, a file
 * @param disk qcow2 base disk holding the tree as one ext4 file system
 * @param config how it runs
 */
public record PreparedImage(
        String digest,
        String engineReference,
        Path tree,
        String treeDigest,
        Path manifest,
        Path disk,
        ImageConfig config) {
    /** Returns the same image that executes this as root. */
    public PreparedImage executing(List<String> argv) {
        return new PreparedImage(
                digest,
                engineReference,
                tree,
                treeDigest,
                manifest,
                disk,
                new ImageConfig(argv, config.env(), "0", "/", List.of(), "SIGKILL"));
    }

    /** Returns the same image that begins in another directory, an absolute one. */
    public PreparedImage in(String directory) {
        return new PreparedImage(
                digest,
                engineReference,
                tree,
                treeDigest,
                manifest,
                disk,
                new ImageConfig(
                        config.argv(),
                        config.env(),
                        config.user(),
                        directory,
                        config.exposedPorts(),
                        config.stopSignal()));
    }
}
