package dev.bench.program;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Tells what a program of system calls said before it gave up.
 *
 * @param step the step that failed, such as {@code execute /bin/sh}
 * @param errno the error number, positive
 */
public record FailedStep(String step, int errno) {
    /** Begins the line that names the step; the negative error number stands on the line after it. */
    static final String MARK = "failed ";

    private static final Pattern REPORT = Pattern.compile("(?m)^" + MARK + "(.+)\\R([0-9a-f]{8})$");

    /** Finds a report within whatever else there is; empty where there is none, or only a part of one. */
    public static Optional<FailedStep> find(String text) {
        Matcher report = REPORT.matcher(text);
        return report.find()
                ? Optional.of(new FailedStep(report.group(1), -Integer.parseUnsignedInt(report.group(2), 16)))
                : Optional.empty();
    }

    /** Returns step and error in words. */
    public String describe() {
        return step + ": " + Errno.describe(errno);
    }
}
