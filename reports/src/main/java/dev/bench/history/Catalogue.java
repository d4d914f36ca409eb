package dev.bench.history;

import dev.bench.result.OutputDirectory;
import dev.bench.result.ResultException;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the results in a folder, which may sort them into folders of its own. Whatever else lies there is named, never
 * touched, and never ends the search; hidden files and scoreboards, which are made of results, are left out.
 */
public final class Catalogue {
    private static final int MOST_LEVELS = 3;

    private final Path folder;
    private final List<Found> found = new ArrayList<>();
    private final List<String> skipped = new ArrayList<>();

    private Catalogue(Path folder) {
        this.folder = folder;
    }

    /**
     * Names a directory that looks like a result.
     *
     * @param name its path below the folder, with {@code /} between names
     * @param store reads it
     */
    public record Found(String name, ResultStore store) {}

    /**
     * Holds a result with its summary.
     *
     * @param run the summary
     * @param store reads it
     */
    public record Stored(Run run, ResultStore store) {}

    /**
     * Holds what was found and could be read.
     *
     * @param results the results, oldest first
     * @param skipped what is no result, a sentence each that begins with the path
     */
    public record Contents(List<Stored> results, List<String> skipped) {}

    /**
     * Finds the results without reading them.
     *
     * @throws ResultException where there is no such folder, or it cannot be listed
     */
    public static Catalogue of(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new ResultException(
                    folder,
                    Files.exists(folder)
                            ? "not a folder; name the one that `bench run --out` writes to"
                            : "no such folder; name the one that `bench run --out` writes to");
        }
        Catalogue catalogue = new Catalogue(folder);
        try {
            catalogue.search(folder, 1);
        } catch (IOException e) {
            throw new ResultException(folder, "cannot be listed (" + e + ")", e);
        }
        return catalogue;
    }

    /** Returns the directories that look like results, by name. */
    public List<Found> found() {
        return List.copyOf(found);
    }

    /** Returns what does not look like a result, a sentence each that begins with the path. */
    public List<String> skipped() {
        return List.copyOf(skipped);
    }

    /** Reads every result; one that cannot be read is named among what was skipped. */
    public Contents read() {
        List<Stored> results = new ArrayList<>();
        List<String> unread = new ArrayList<>(skipped);
        for (Found entry : found) {
            try {
                results.add(new Stored(Run.read(entry.name(), entry.store()), entry.store()));
            } catch (ResultException e) {
                unread.add(String.valueOf(e.getMessage()));
            }
        }
        results.sort(Comparator.comparing((Stored stored) -> stored.run().startedAt())
                .thenComparing(stored -> stored.run().name()));
        return new Contents(List.copyOf(results), List.copyOf(unread));
    }

    private void search(Path directory, int level) throws IOException {
        List<Path> entries = new ArrayList<>();
        try (DirectoryStream<Path> stream = Files.newDirectoryStream(directory)) {
            stream.forEach(entries::add);
        }
        entries.sort(null);
        for (Path entry : entries) {
            if (entry.getFileName().toString().startsWith(".") || OutputDirectory.isScoreboard(entry)) {
                continue;
            }
            if (!Files.isDirectory(entry)) {
                skipped.add(entry + ": not a result directory");
            } else if (Files.isRegularFile(entry.resolve("result.json"))) {
                String name = folder.relativize(entry)
                        .toString()
                        .replace(entry.getFileSystem().getSeparator(), "/");
                found.add(new Found(name, new ResultStore(entry)));
            } else {
                descend(entry, level);
            }
        }
    }

    /** Looks into a folder of results; one without any is named as a whole. */
    private void descend(Path directory, int level) {
        int before = found.size();
        int named = skipped.size();
        // A link to a folder above would be searched for ever.
        if (level < MOST_LEVELS && !Files.isDirectory(directory, LinkOption.NOFOLLOW_LINKS)) {
            skipped.add(directory + ": a link to something that is no result");
            return;
        }
        try {
            if (level < MOST_LEVELS) {
                search(directory, level + 1);
            }
        } catch (IOException e) {
            skipped.add(directory + ": cannot be listed (" + e + ")");
            return;
        }
        if (found.size() == before) {
            skipped.subList(named, skipped.size()).clear();
            skipped.add(directory + ": not a result directory (no result.json in it"
                    + (Files.exists(directory.resolve("launches.jsonl"))
                            ? "; the run was killed, or still runs)"
                            : ")"));
        }
    }
}
