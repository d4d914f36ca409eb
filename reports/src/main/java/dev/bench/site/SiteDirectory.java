package dev.bench.site;

import dev.bench.result.ResultException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;

/** Writes the files of the site: only those that change, and each in one step, so that no reader meets half a page. */
final class SiteDirectory {
    private final Path directory;
    private int written;
    private int removed;

    /**
     * Takes a directory that is empty, does not exist, or holds a site of this tool.
     *
     * @throws ResultException where it is none of these
     */
    SiteDirectory(Path directory) {
        if (Files.exists(directory) && !Files.isDirectory(directory)) {
            throw new ResultException(directory, "not a folder; name one for the site");
        }
        if (Files.exists(directory.resolve(Pages.INDEX)) && !Files.exists(directory.resolve(SiteIndex.FILE))) {
            throw new ResultException(
                    directory,
                    "has an index.html that bench did not write; name an empty folder, or one that `bench publish`"
                            + " made");
        }
        this.directory = directory;
    }

    Path resolve(String name) {
        return directory.resolve(name);
    }

    boolean has(String name) {
        return Files.isRegularFile(directory.resolve(name));
    }

    void write(String name, byte[] content) throws IOException {
        Path file = directory.resolve(name);
        if (Files.isRegularFile(file)
                && Files.size(file) == content.length
                && Arrays.equals(Files.readAllBytes(file), content)) {
            return;
        }
        Path parent = file.resolveSibling(".");
        Files.createDirectories(parent.normalize());
        Path part = file.resolveSibling("." + file.getFileName() + ".part");
        Files.write(part, content);
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        written++;
    }

    void remove(String name) throws IOException {
        if (Files.deleteIfExists(directory.resolve(name))) {
            removed++;
        }
    }

    /** Returns how many files were new or changed. */
    int written() {
        return written;
    }

    /** Returns how many files went. */
    int removed() {
        return removed;
    }
}
