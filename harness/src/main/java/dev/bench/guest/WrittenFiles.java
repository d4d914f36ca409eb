package dev.bench.guest;

import dev.bench.host.FileTrees;
import dev.bench.image.ExternalTool;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Tells which files of a virtual disk hold what a guest wrote over its base, once the guest has ended: the blocks that differ
 * are looked up in the ext4 file system, without mounting it.
 */
public final class WrittenFiles {
    private static final Duration TIMEOUT = Duration.ofMinutes(5);
    private static final int SHOWN = 5;
    private static final int SUPERBLOCK = 1024;
    private static final int LOG_BLOCK_SIZE = SUPERBLOCK + 24;
    private static final int LEAST_BLOCK = 1024;
    /** So many of them that a command of debugfs, which looks at every inode for each line, is not too long. */
    private static final int AT_ONCE = 500;

    private static final Pattern OWNER = Pattern.compile("(?m)^(\\d+)\\t(\\d+)$");
    private static final Pattern NAME = Pattern.compile("(?m)^(\\d+)\\t(/.*)$");
    private static final Pattern REGULAR = Pattern.compile("(?m)^Inode: (\\d+) +Type: regular ");

    private final Path disk;
    private final Path scratch;

    private WrittenFiles(Path disk, Path scratch) {
        this.disk = disk;
        this.scratch = scratch;
    }

    /**
     * Looks.
     *
     * @param overlay over one ext4 file system, of which no machine has it open
     * @param scratch directory for two copies of the disk, which does not exist; it is removed again
     * @return what was written, with the files that hold most of it first
     * @throws IOException where a tool fails
     */
    public static WritableLayer.Content in(Path overlay, Path scratch) throws IOException {
        Files.createDirectories(scratch);
        try {
            List<Long> clusters = Qcow2Overlay.writtenClusters(overlay);
            Path now = raw(overlay, scratch.resolve("now"));
            Path base = raw(Qcow2Overlay.base(overlay), scratch.resolve("base"));
            // A guest ends without unmounting, so that some of it stands in the journal alone.
            ExternalTool.run("e2fsprogs", TIMEOUT, Map.of(), replay(now));
            Map<Long, String> files = new WrittenFiles(now, scratch).filesOf(differing(clusters, base, now));
            return new WritableLayer.Content(
                    (long) clusters.size() * Qcow2Overlay.CLUSTER,
                    files.size(),
                    files.values().stream().limit(SHOWN).toList());
        } finally {
            FileTrees.delete(scratch);
        }
    }

    private static Path raw(Path disk, Path copy) throws IOException {
        ExternalTool.run(
                "qemu-utils",
                TIMEOUT,
                Map.of(),
                List.of(
                        "qemu-img",
                        "convert",
                        // An emulator that is about to end may hold its lock for a moment yet.
                        "--force-share",
                        "-f",
                        Qcow2Overlay.formatOf(disk),
                        "-O",
                        "raw",
                        disk.toString(),
                        copy.toString()));
        return copy;
    }

    /** Its status 1 says that there was something to be replayed. */
    private static List<String> replay(Path disk) {
        return List.of("sh", "-c", "e2fsck -y -E journal_only \"$1\" || [ $? -eq 1 ]", "sh", disk.toString());
    }

    /** Returns the numbers of the blocks of some clusters that are not the same on two disks. */
    private static List<Long> differing(List<Long> clusters, Path base, Path now) throws IOException {
        List<Long> blocks = new ArrayList<>();
        try (FileChannel old = FileChannel.open(base, StandardOpenOption.READ);
                FileChannel young = FileChannel.open(now, StandardOpenOption.READ)) {
            ByteBuffer size =
                    Qcow2Overlay.read(young, LOG_BLOCK_SIZE, Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
            int block = LEAST_BLOCK << size.getInt(0);
            for (long cluster : clusters) {
                ByteBuffer before = Qcow2Overlay.read(old, cluster, Qcow2Overlay.CLUSTER);
                ByteBuffer after = Qcow2Overlay.read(young, cluster, Qcow2Overlay.CLUSTER);
                for (int at = 0; at < Qcow2Overlay.CLUSTER; at += block) {
                    if (!before.slice(at, block).equals(after.slice(at, block))) {
                        blocks.add((cluster + at) / block);
                    }
                }
            }
        }
        return blocks;
    }

    /** Returns the regular files that some blocks belong to, by their inodes, those with the most of them first. */
    private Map<Long, String> filesOf(List<Long> blocks) throws IOException {
        Map<Long, Integer> owned = new TreeMap<>();
        for (MatchResult owner : debugfs("icheck", AT_ONCE, blocks, OWNER)) {
            owned.merge(Long.parseLong(owner.group(2)), 1, Integer::sum);
        }
        Set<Long> regular = new HashSet<>();
        for (MatchResult type : debugfs(
                "stat",
                1,
                owned.keySet().stream().map(inode -> "<" + inode + ">").toList(),
                REGULAR)) {
            regular.add(Long.parseLong(type.group(1)));
        }
        Map<Long, String> names = new TreeMap<>(Comparator.comparing((Long inode) -> owned.getOrDefault(inode, 0))
                .reversed()
                .thenComparing(inode -> inode));
        for (MatchResult name : debugfs("ncheck", AT_ONCE, owned.keySet(), NAME)) {
            long inode = Long.parseLong(name.group(1));
            if (regular.contains(inode)) {
                names.put(inode, name.group(2));
            }
        }
        return names;
    }

    private List<MatchResult> debugfs(String command, int atOnce, Collection<?> arguments, Pattern found)
            throws IOException {
        StringBuilder script = new StringBuilder();
        int count = 0;
        for (Object argument : arguments) {
            script.append(count % atOnce == 0 ? "\n" + command : "").append(' ').append(argument);
            count++;
        }
        if (count == 0) {
            return List.of();
        }
        Path file = Files.writeString(scratch.resolve("debugfs"), script.append('\n'));
        String output = ExternalTool.run(
                "e2fsprogs", TIMEOUT, Map.of(), List.of("debugfs", "-f", file.toString(), disk.toString()));
        return found.matcher(output).results().toList();
    }
}
