package dev.bench.host;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells which version a program of the host is of, or why that is not known.
 *
 * @param version as the program prints it; null where it is not known
 * @param problem why it is not known, a sentence without an end; empty where it is
 * @param installed whether there is such a program
 */
public record ProgramVersion(@Nullable String version, String problem, boolean installed) {
    private static final Pattern VERSION = Pattern.compile("[0-9]+(\\.[0-9]+)+[^\\s,()]*");
    private static final Pattern NUMBERS = Pattern.compile("(\\d{1,9})\\.(\\d{1,9})(?!\\d)");
    private static final String ARGUMENT = "--version";

    /** Asks a program that is named as in a shell; a program that is slow is waited for like any other command. */
    public static ProgramVersion of(String program) {
        return Executables.find(program)
                .map(file -> ask(Commands.AT_ONCE, file))
                .orElseGet(() -> new ProgramVersion(null, "not installed: " + program, false));
    }

    /** Asks a program for its version. */
    static ProgramVersion ask(Duration timeout, Path program) {
        try {
            String output = Commands.runOrThrow(timeout, List.of(program.toString(), ARGUMENT));
            String version = first(output);
            return version == null
                    ? unknown("`" + program + " " + ARGUMENT + "` names no version: " + Commands.tail(output))
                    : new ProgramVersion(version, "", true);
        } catch (IOException e) {
            return unknown(String.valueOf(e.getMessage()));
        }
    }

    private static ProgramVersion unknown(String problem) {
        return new ProgramVersion(null, problem, true);
    }

    /** Returns the version, empty where it is not known. */
    public Optional<String> known() {
        return Optional.ofNullable(version);
    }

    /**
     * Tells whether a version is such a one or newer.
     *
     * @param version as a program prints it, its numbers at the beginning; anything else is taken for an older one
     */
    public static boolean isAtLeast(String version, int major, int minor) {
        Matcher numbers = NUMBERS.matcher(version);
        if (!numbers.lookingAt()) {
            return false;
        }
        int first = Integer.parseInt(numbers.group(1));
        return first > major || (first == major && Integer.parseInt(numbers.group(2)) >= minor);
    }

    /** Returns the first word of a text that is a version, or null where there is none. */
    static @Nullable String first(String output) {
        Matcher matcher = VERSION.matcher(output);
        return matcher.find() ? matcher.group() : null;
    }
}
