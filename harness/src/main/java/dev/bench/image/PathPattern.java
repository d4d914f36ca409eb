package dev.bench.image;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Matches whole paths as a pattern of a {@code .dockerignore} for whole paths: {@code *}, {@code ?}, {@code **}, {@code [a-z]}, and a
 * backslash before what is meant as it stands.
 *
 * <p>All ways to match are followed at once (Thompson, Programming Techniques: Regular expression search algorithm,
 * CACM 11(6), 1968), so that the time is that of the path's length times the pattern's: a regular expression that goes
 * back takes hours for {@code *a*a*a*a*a*a*a*b}. Values only; safe for use by many threads.
 */
final class PathPattern {
    private final List<Step> steps = new ArrayList<>();

    /** Says what a step does besides taking one character. */
    private enum Repeat {
        /** Takes exactly one character. */
        ONCE,
        /** Takes any number of characters. */
        ANY,
        /** Takes nothing, or any characters of which the last is a slash. */
        DIRECTORIES
    }

    private record Step(Repeat repeat, IntPredicate takes) {}

    /**
     * Compiles a pattern.
     *
     * @throws PatternSyntaxException if a bracket is not closed, or nothing follows a backslash, or a letter or a digit does
     */
    PathPattern(String text) {
        int[] pattern = text.codePoints().toArray();
        for (int i = 0; i < pattern.length; i++) {
            int c = pattern[i];
            switch (c) {
                case '*' -> {
                    if (i + 1 == pattern.length || pattern[i + 1] != '*') {
                        steps.add(new Step(Repeat.ANY, PathPattern::isNoSlash));
                        continue;
                    }
                    i++;
                    if (i + 1 < pattern.length && pattern[i + 1] == '/') {
                        i++;
                    }
                    steps.add(new Step(i + 1 == pattern.length ? Repeat.ANY : Repeat.DIRECTORIES, any -> true));
                }
                case '?' -> steps.add(new Step(Repeat.ONCE, PathPattern::isNoSlash));
                case '[' -> {
                    int end = classEnd(pattern, i);
                    steps.add(new Step(Repeat.ONCE, characters(new String(pattern, i, end + 1 - i))));
                    i = end;
                }
                case '\\' -> {
                    if (++i == pattern.length) {
                        throw new PatternSyntaxException("nothing follows the backslash", text, text.length() - 1);
                    }
                    // Engines hand it on to a regular expression, where it is an error, or means what nobody meant.
                    if (pattern[i] < 0x80 && Character.isLetterOrDigit(pattern[i])) {
                        throw new PatternSyntaxException("a backslash is before a letter or a digit", text, i);
                    }
                    steps.add(literal(pattern[i]));
                }
                default -> steps.add(literal(c));
            }
        }
    }

    /** Tells whether the pattern matches the whole of a path. */
    boolean matches(String path) {
        // Two for each step: before it, and within directories of which no slash is known yet to be the last.
        boolean[] now = new boolean[2 * steps.size() + 1];
        now[0] = true;
        skip(now);
        boolean[] next = new boolean[now.length];
        for (int at = 0; at < path.length(); at += Character.charCount(path.codePointAt(at))) {
            int c = path.codePointAt(at);
            boolean anyLeft = false;
            for (int i = 0; i < steps.size(); i++) {
                Step step = steps.get(i);
                if (step.repeat() == Repeat.DIRECTORIES) {
                    next[2 * i + 1] = now[2 * i] || now[2 * i + 1];
                    next[2 * i + 2] |= next[2 * i + 1] && c == '/';
                    anyLeft |= next[2 * i + 1];
                } else if (now[2 * i] && step.takes().test(c)) {
                    next[step.repeat() == Repeat.ANY ? 2 * i : 2 * i + 2] = true;
                    anyLeft = true;
                }
            }
            if (!anyLeft) {
                return false;
            }
            skip(next);
            boolean[] last = now;
            now = next;
            next = last;
            Arrays.fill(next, false);
        }
        return now[2 * steps.size()];
    }

    /** Goes past all steps that may take nothing. */
    private void skip(boolean[] now) {
        for (int i = 0; i < steps.size(); i++) {
            if (now[2 * i] && steps.get(i).repeat() != Repeat.ONCE) {
                now[2 * i + 2] = true;
            }
        }
    }

    private static Step literal(int c) {
        return new Step(Repeat.ONCE, other -> other == c);
    }

    private static boolean isNoSlash(int c) {
        return c != '/';
    }

    /** Returns what a class in brackets takes; it is the same in a regular expression, but for what only Java reads in it. */
    private static IntPredicate characters(String brackets) {
        Pattern pattern =
                Pattern.compile(brackets.replace("&&", "&\\&").replaceAll("(?<!^)\\[", "\\\\["), Pattern.DOTALL);
        return c -> pattern.matcher(Character.toString(c)).matches();
    }

    private static int classEnd(int[] pattern, int start) {
        int i = start + 1;
        if (i < pattern.length && pattern[i] == '^') {
            i++;
        }
        for (int first = i; i < pattern.length; i++) {
            if (pattern[i] == '\\') {
                i++;
            } else if (pattern[i] == ']' && i > first) {
                return i;
            }
        }
        throw new PatternSyntaxException("the bracket is not closed", new String(pattern, 0, pattern.length), start);
    }
}
