package dev.bench.target;

import java.nio.charset.StandardCharsets;

/** Finds what a workload said last, for the message about its failure. */
public final class LastLine {
    private static final int LONGEST = 200;

    private LastLine() {}

    /** Returns the last line that is not blank, cut to {@value #LONGEST} characters; empty where there is none. */
    public static String of(byte[] output) {
        int from = Math.max(0, output.length - 16 * LONGEST);
        String last = ControlSequences.removed(new String(output, from, output.length - from, StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .reduce("", (former, line) -> line);
        return last.length() <= LONGEST ? last : last.substring(0, LONGEST) + "...";
    }
}
