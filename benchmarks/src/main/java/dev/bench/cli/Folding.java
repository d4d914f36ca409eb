package dev.bench.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Breaks text at spaces, so that a terminal need not do so within words. */
final class Folding {
    private static final int HANGING = 2;

    private Folding() {}

    /** Returns the text with every line that is wider than the width broken; what goes on is indented by two more. */
    static String fold(String text, int width) {
        if (width == Integer.MAX_VALUE) {
            return text;
        }
        String end = text.endsWith("\n") ? "\n" : "";
        return text.lines()
                .map(line -> line.length() <= width ? line : folded(line, width))
                .collect(Collectors.joining("\n", "", end));
    }

    private static String folded(String line, int width) {
        String words = line.stripLeading();
        String indent = " ".repeat(Math.min(line.length() - words.length(), width / 2));
        String hanging = indent + " ".repeat(HANGING);
        List<String> lines = wrap(words, width - hanging.length());
        return indent + String.join("\n" + hanging, lines);
    }

    /** Breaks a sentence at spaces; a word longer than the width keeps a line of its own. */
    static List<String> wrap(String sentence, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > width) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
