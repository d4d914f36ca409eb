package dev.bench.compose;

import java.util.ArrayList;
import java.util.List;

/** Splits a command into words as a POSIX shell does, without anything being expanded: what Compose does with a text. */
final class ShellWords {
    private ShellWords() {}

    /**
     * Returns the words of a command.
     *
     * @throws IllegalArgumentException where a quote does not end
     */
    static List<String> split(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean begun = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char next = command.charAt(i);
            char after = i + 1 < command.length() ? command.charAt(i + 1) : 0;
            if (quote == '\'') {
                quote = next == quote ? 0 : append(word, next, quote);
            } else if (next == '\\' && (quote == 0 || after == '"' || after == '\\')) {
                if (i + 1 == command.length()) {
                    throw new IllegalArgumentException("ends with a backslash that nothing follows");
                }
                word.append(after);
                begun = true;
                i++;
            } else if (quote == '"') {
                quote = next == quote ? 0 : append(word, next, quote);
            } else if (next == '\'' || next == '"') {
                quote = next;
                begun = true;
            } else if (Character.isWhitespace(next)) {
                if (begun) {
                    words.add(word.toString());
                    word.setLength(0);
                    begun = false;
                }
            } else {
                word.append(next);
                begun = true;
            }
        }
        if (quote != 0) {
            throw new IllegalArgumentException("has a quote (" + quote + ") that does not end");
        }
        if (begun) {
            words.add(word.toString());
        }
        return words;
    }

    private static char append(StringBuilder word, char letter, char quote) {
        word.append(letter);
        return quote;
    }
}
