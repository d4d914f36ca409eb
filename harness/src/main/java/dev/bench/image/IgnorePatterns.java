package dev.bench.image;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.PatternSyntaxException;

/**
 * Says which files of a build context a {@code .dockerignore} leaves out.
 *
 * <p>Rules: <a href="https://docs.docker.com/build/concepts/context/#dockerignore-files">those of {@code docker build}</a>. The
 * last pattern that matches a path or a directory above it decides; {@code !} takes a path in again; {@code **} stands for
 * any number of directories. Values only; safe for use by many threads.
 */
final class IgnorePatterns {
    private static final String BYTE_ORDER_MARK = "\ufeff";

    private final List<Rule> rules = new ArrayList<>();

    /** Holds one pattern. */
    private record Rule(boolean exception, String text, PathPattern pattern) {}

    /**
     * Reads patterns.
     *
     * @param text of the file
     * @throws IOException if a pattern is malformed; the message names its line
     */
    IgnorePatterns(String text) throws IOException {
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(1) : text;
        int number = 0;
        for (String line : content.split("\n", -1)) {
            number++;
            String pattern = line.strip();
            if (line.startsWith("#") || pattern.isEmpty()) {
                continue;
            }
            boolean exception = pattern.startsWith("!");
            if (exception) {
                pattern = pattern.substring(1).strip();
            }
            pattern = pattern.isEmpty() ? pattern : clean(pattern);
            // To take the context itself in again is taken for a pattern without a path.
            if (pattern.isEmpty() || (exception && pattern.equals("/"))) {
                throw new IOException("line " + number + " of .dockerignore is no pattern: " + line.strip());
            }
            if (pattern.length() > 1 && pattern.startsWith("/")) {
                pattern = pattern.substring(1);
            }
            try {
                rules.add(new Rule(exception, pattern, new PathPattern(pattern)));
            } catch (PatternSyntaxException e) {
                throw new IOException(
                        "line " + number + " of .dockerignore is no pattern: " + line.strip() + " ("
                                + e.getDescription() + ")",
                        e);
            }
        }
    }

    /**
     * Tells whether a path is left out.
     *
     * @param path relative to the context, with slashes
     */
    boolean leavesOut(String path) {
        boolean out = false;
        for (Rule rule : rules) {
            if (rule.exception() == out && matchesPathOrParent(rule.pattern(), path)) {
                out = !rule.exception();
            }
        }
        return out;
    }

    /** Tells whether something below a directory that is left out may be taken in again. */
    boolean mayTakeInBelow(String directory) {
        for (Rule rule : rules) {
            if (rule.exception()
                    && ((rule.text() + "/").startsWith(directory + "/")
                            || rule.text().chars().anyMatch(c -> c == '*' || c == '?' || c == '['))) {
                return true;
            }
        }
        return false;
    }

    private static boolean matchesPathOrParent(PathPattern pattern, String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            if (pattern.matches(path.substring(0, end))) {
                return true;
            }
        }
        return false;
    }

    /** Removes empty and {@code .} components, and each {@code ..} with what it undoes. */
    private static String clean(String path) {
        boolean absolute = path.startsWith("/");
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..") && !parts.isEmpty() && !parts.getLast().equals("..")) {
                parts.removeLast();
            } else if (!part.isEmpty() && !part.equals(".") && !(part.equals("..") && absolute)) {
                parts.add(part);
            }
        }
        String joined = String.join("/", parts);
        return absolute ? "/" + joined : joined.isEmpty() ? "." : joined;
    }
}
