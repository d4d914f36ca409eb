package dev.bench.target;

import dev.bench.host.FileTrees;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the upper directory of an overlay, which holds whatever was written over what lies below. */
public final class OverlayContent {
    private static final int SHOWN = 5;

    private OverlayContent() {}

    /** Returns what it holds; empty where it is not there. */
    public static Optional<WritableLayer.Content> of(Path upper) throws IOException {
        if (!Files.isDirectory(upper)) {
            return Optional.empty();
        }
        List<Path> files = new ArrayList<>();
        Files.walkFileTree(upper, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                files.add(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) {
                // What has just gone was not left.
                return FileVisitResult.CONTINUE;
            }
        });
        List<String> largest = files.stream()
                .sorted(Comparator.comparingLong(OverlayContent::size)
                        .reversed()
                        .thenComparing(Comparator.naturalOrder()))
                .limit(SHOWN)
                .map(file -> "/" + upper.relativize(file))
                .toList();
        return Optional.of(new WritableLayer.Content(FileTrees.allocatedBytes(List.of(upper)), files.size(), largest));
    }

    private static long size(Path file) {
        try {
            return Files.readAttributes(file, BasicFileAttributes.class, LinkOption.NOFOLLOW_LINKS)
                    .size();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
