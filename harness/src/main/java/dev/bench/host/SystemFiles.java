package dev.bench.host;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads the files in which a system describes itself, below a root that tests replace.
 *
 * <p>A file that is missing or unreadable is as good as empty: what a kernel does not tell is not an error.
 *
 * @param root the directory that stands for {@code /}
 */
public record SystemFiles(Path root) {
    /** Returns the files of the host this process runs on. */
    public static SystemFiles ofHost() {
        return new SystemFiles(Path.of("/"));
    }

    /** Returns where a file is, whether it exists or not. */
    public Path path(String absolute) {
        return root.resolve(absolute.substring(1));
    }

    /** Returns a file's text without surrounding white space; empty where there is none. */
    public Optional<String> text(String absolute) {
        try {
            // Not readString: files of /proc may hold any bytes.
            String text = new String(Files.readAllBytes(path(absolute)), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? Optional.empty() : Optional.of(text);
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns a file's lines; none where it cannot be read. */
    public List<String> lines(String absolute) {
        return text(absolute).map(text -> text.lines().toList()).orElse(List.of());
    }

    /** Returns the number a file consists of; empty where it is missing or no number. */
    public Optional<Long> number(String absolute) {
        return text(absolute).filter(text -> text.matches("-?[0-9]{1,18}")).map(Long::parseLong);
    }

    /** Returns what a symbolic link holds; empty where it is none. */
    public Optional<String> link(String absolute) {
        try {
            return Optional.of(Files.readSymbolicLink(path(absolute)).toString());
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Returns whether a file exists. */
    public boolean exists(String absolute) {
        return Files.exists(path(absolute));
    }

    /** Lists the names in a directory in order; none where it is missing. */
    public List<String> names(String absolute) {
        List<String> names = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(path(absolute))) {
            entries.forEach(entry -> names.add(entry.getFileName().toString()));
        } catch (IOException e) {
            return List.of();
        }
        names.sort(null);
        return names;
    }

    /**
     * Returns the number of bytes behind a key of {@code /proc/meminfo}, such as {@code MemAvailable}; empty where the
     * kernel does not state it.
     */
    public Optional<Long> memoryBytes(String key) {
        for (String line : lines("/proc/meminfo")) {
            String[] words = line.split("\\s+", -1);
            if (words.length > 1 && words[0].equals(key + ":") && words[1].matches("[0-9]{1,15}")) {
                return Optional.of(Long.parseLong(words[1]) << 10);
            }
        }
        return Optional.empty();
    }

    /** Returns the word in brackets of a file that lists choices, such as {@code always [madvise] never}. */
    public Optional<String> choice(String absolute) {
        return text(absolute).map(SystemFiles::chosen);
    }

    private static @Nullable String chosen(String text) {
        int begin = text.indexOf('[');
        int end = text.indexOf(']');
        return begin < 0 || end < begin ? null : text.substring(begin + 1, end);
    }
}
