package dev.bench.target;

import java.util.regex.Pattern;

/** Takes out of a text what tells a terminal to change its colour or to move: noise where a line is quoted. */
public final class ControlSequences {
    /** ECMA-48, 5.4 and 5.6: control sequences with private parameters too, strings to the terminal, and short escapes. */
    private static final Pattern SEQUENCE = Pattern.compile(
            "\u001b(?:\\[[0-?]*[ -/]*[@-~]|[\\]PX^_][^\u0007\u001b]*(?:\u0007|\u001b\\\\)|[ -/]*[0-OQ-WYZ\\\\`-~])");

    private ControlSequences() {}

    /** Returns a text without them; one that is not whole stays, as do other control characters. */
    public static String removed(String text) {
        return SEQUENCE.matcher(text).replaceAll("");
    }
}
