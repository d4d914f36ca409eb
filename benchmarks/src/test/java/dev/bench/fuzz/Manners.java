package dev.bench.fuzz;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** Holds a command to what every input is owed: a documented exit status, and words that are for people. */
final class Manners {
    /** Words that a person is not to read: names of exceptions and classes, lines of stack traces. */
    private static final Pattern INSIDES = Pattern.compile(
            "\\w(?:Exception|Error)\\b|\\bat [\\w.$]+\\([\\w.]+:[0-9]+\\)|\\b(?:java|javax|sun|jdk|com|dev\\.bench)"
                    + "(?:\\.[a-z]\\w*)+\\.[A-Z]\\w+|Optional\\[|\\[[BCL][@;]|@[0-9a-f]{6,8}\\b");

    private static final Pattern CONTROL = Pattern.compile("[\\p{Cntrl}&&[^\\n]]");
    private static final int LONGEST_MESSAGE = 20_000;

    private Manners() {}

    /**
     * Checks what a command did.
     *
     * @param accepted exit statuses
     * @param temporary its directory of temporary files, where a stack trace would be
     */
    static void check(Worker.Outcome outcome, Set<Integer> accepted, Path temporary) {
        String said = outcome.toString();
        assertTrue(accepted.contains(outcome.status()), () -> said + traces(temporary));
        assertFalse(INSIDES.matcher(outcome.err()).find(), said);
        assertFalse(CONTROL.matcher(outcome.err()).find(), said);
        assertTrue(
                outcome.status() == 0
                        || !outcome.err().isBlank()
                        || !outcome.out().isBlank(),
                said);
        assertTrue(outcome.status() != 2 || !outcome.err().isBlank(), said);
        assertTrue(outcome.err().length() < LONGEST_MESSAGE, said);
    }

    /** Returns the stack traces that the tool wrote, and takes them away. */
    private static String traces(Path temporary) {
        StringBuilder traces = new StringBuilder();
        for (String name : names(temporary)) {
            try {
                Path file = temporary.resolve(name);
                traces.append('\n').append(Files.isDirectory(file) ? name : Files.readString(file));
                remove(file);
            } catch (IOException e) {
                traces.append(e);
            }
        }
        return traces.toString();
    }

    static Set<String> names(Path directory) {
        String[] names = directory.toFile().list();
        return names == null ? Set.of() : new TreeSet<>(Arrays.asList(names));
    }

    /** Removes a file, or a directory with all below it, whatever of it goes away by itself meanwhile. */
    static void remove(Path path) throws IOException {
        if (Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS)) {
            // not by File.list(), which loses the bytes of names that are not in the locale's encoding
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(path)) {
                for (Path entry : entries) {
                    remove(entry);
                }
            } catch (DirectoryIteratorException e) {
                throw e.getCause();
            }
        }
        Files.deleteIfExists(path);
    }
}
