package dev.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Drops what this host's page cache holds of single files, and of nothing else. */
public final class PageCache {
    private PageCache() {}

    /**
     * Drops the clean pages of files, and of all files in directories; dirty ones stay, so that writers have to flush them
     * before.
     */
    public static void drop(List<Path> paths) throws IOException {
        for (Path path : paths) {
            if (!Files.isDirectory(path)) {
                dropFile(path);
                continue;
            }
            try (Stream<Path> below = Files.walk(path)) {
                for (Path file : below.filter(Files::isRegularFile).toList()) {
                    dropFile(file);
                }
            }
        }
    }

    /** A dd that copies nothing advises the kernel about the whole file (posix_fadvise, POSIX_FADV_DONTNEED). */
    private static void dropFile(Path file) throws IOException {
        Commands.runOrThrow(Commands.AT_ONCE, List.of("dd", "if=" + file, "iflag=nocache", "count=0", "status=none"));
    }
}
