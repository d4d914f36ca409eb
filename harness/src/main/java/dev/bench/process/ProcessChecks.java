package dev.bench.process;

import dev.bench.host.Capability;
import dev.bench.host.FileTrees;
import dev.bench.host.NamespaceTrial;
import dev.bench.target.Examination;
import dev.bench.target.HostChecks;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;

/** Finds out whether a process can have the image's tree under it without a copy. */
final class ProcessChecks implements HostChecks {
    @Override
    public List<Capability> software(Examination examination) {
        return List.of();
    }

    /** Tries an overlay mount. */
    @Override
    public List<Capability> isolation(Examination examination, Path scratch) throws IOException {
        String consequence = "every bare process has to copy the whole tree, and containers start more slowly";
        Path base;
        try {
            // Beside the images: whether overlays work depends on the file system below.
            base = Files.isDirectory(examination.cacheDirectory())
                    ? Files.createTempDirectory(examination.cacheDirectory(), ".doctor-")
                    : scratch;
        } catch (IOException e) {
            // Who looks at the cache itself says so, once.
            return List.of();
        }
        try {
            for (String directory : List.of("lower", "upper", "work", "merged")) {
                Files.createDirectories(base.resolve(directory));
            }
            String options = "lowerdir=" + base.resolve("lower") + ",upperdir=" + base.resolve("upper") + ",workdir="
                    + base.resolve("work");
            return List.of(NamespaceTrial.of(
                            "overlay file system",
                            "an overlay was mounted in a namespace of its own",
                            consequence,
                            "load the kernel module overlay, and keep the cache on ext4 or xfs",
                            List.of(
                                    "unshare",
                                    "--mount",
                                    "--propagation",
                                    "private",
                                    "mount",
                                    "-t",
                                    "overlay",
                                    "overlay",
                                    "-o",
                                    options,
                                    base.resolve("merged").toString()))
                    .neededBy(Set.of(ProcessDriver.KEY))
                    .asRootOnly());
        } finally {
            if (!base.equals(scratch)) {
                discard(base);
            }
        }
    }

    private static void discard(Path directory) {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // It holds a few empty files, of a name that no image has.
        }
    }

    @Override
    public Set<String> architectures() {
        return Set.of("amd64");
    }
}
