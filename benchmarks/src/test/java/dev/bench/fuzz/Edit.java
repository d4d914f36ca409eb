package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/**
 * Makes one change of a text or of bytes, at a place given in millionths of the whole.
 *
 * @param kind which change
 * @param at where
 * @param other a second place, for changes that have one
 * @param size how much, for changes of any size
 * @param token what is put in
 */
record Edit(Kind kind, int at, int other, int size, String token) {
    private static final int MILLION = 1_000_000;
    private static final Pattern TOKENS = Pattern.compile("[\\w.+-]+|\\s+|.", Pattern.DOTALL);

    /** Names the changes. */
    enum Kind {
        REPLACE_TOKEN,
        DELETE_TOKEN,
        INSERT_TOKEN,
        COPY_TOKEN,
        SWAP_TOKENS,
        REPEAT_TOKEN,
        DELETE_LINE,
        DUPLICATE_LINE,
        SWAP_LINES,
        INDENT_LINE,
        DELETE_RANGE,
        CUT,
        FLIP_BYTE,
        APPEND,
        TWICE
    }

    /** Returns changes of text that put in the given words. */
    static Arbitrary<List<Edit>> ofText(List<String> words, int least, int most) {
        return some(
                        Arrays.stream(Kind.values())
                                .filter(kind -> kind != Kind.TWICE && kind != Kind.APPEND)
                                .toList(),
                        words)
                .list()
                .ofMinSize(least)
                .ofMaxSize(most);
    }

    /** Returns changes of bytes, as a damaged disk or a broken transfer makes them. */
    static Arbitrary<List<Edit>> ofBytes(int most) {
        return some(
                        List.of(Kind.FLIP_BYTE, Kind.CUT, Kind.DELETE_RANGE, Kind.APPEND, Kind.TWICE),
                        List.of("\0\0\0\0", "garbage", "\u00ff\u00ff\u00ff\u00ff"))
                .list()
                .ofMaxSize(most);
    }

    private static Arbitrary<Edit> some(List<Kind> kinds, List<String> words) {
        Arbitrary<Integer> place = Arbitraries.integers().between(0, MILLION - 1);
        return Combinators.combine(
                        Arbitraries.of(kinds),
                        place,
                        place,
                        Arbitraries.integers().between(0, 4000),
                        Arbitraries.of(words))
                .as(Edit::new);
    }

    static byte[] apply(byte[] content, List<Edit> edits) {
        String text = new String(content, ISO_8859_1);
        for (Edit edit : edits) {
            text = edit.apply(text);
        }
        return text.getBytes(ISO_8859_1);
    }

    private String apply(String text) {
        return switch (kind) {
            case REPLACE_TOKEN -> onTokens(text, (tokens, i, j) -> tokens.set(i, token));
            case DELETE_TOKEN -> onTokens(text, (tokens, i, j) -> tokens.remove(i));
            case INSERT_TOKEN -> onTokens(text, (tokens, i, j) -> tokens.add(i, token));
            case COPY_TOKEN -> onTokens(text, (tokens, i, j) -> tokens.set(i, tokens.get(j)));
            case SWAP_TOKENS -> onTokens(text, Collections::swap);
            case REPEAT_TOKEN ->
                onTokens(text, (tokens, i, j) -> tokens.set(i, tokens.get(i).repeat(size)));
            case DELETE_LINE -> onLines(text, (lines, i, j) -> lines.remove(i));
            case DUPLICATE_LINE -> onLines(text, (lines, i, j) -> lines.add(j, lines.get(i)));
            case SWAP_LINES -> onLines(text, Collections::swap);
            case INDENT_LINE ->
                onLines(
                        text,
                        (lines, i, j) ->
                                lines.set(i, " ".repeat(size % 9) + lines.get(i).strip()));
            case DELETE_RANGE -> {
                int from = index(at, text.length());
                yield text.substring(0, from) + text.substring(Math.min(text.length(), from + size % 64 + 1));
            }
            case CUT -> text.substring(0, index(at, text.length()));
            case FLIP_BYTE -> {
                int from = index(at, text.length());
                yield from == text.length()
                        ? text
                        : text.substring(0, from)
                                + (char) ((text.charAt(from) ^ 1 << size % 8) & 0xff)
                                + text.substring(from + 1);
            }
            case APPEND -> text + token;
            case TWICE -> text + text;
        };
    }

    private static int index(int place, int length) {
        return (int) ((long) place * length / MILLION);
    }

    /** Changes a list at a place, and perhaps at another. */
    private interface Change {
        void apply(List<String> parts, int i, int j);
    }

    private String onTokens(String text, Change change) {
        List<String> tokens = new ArrayList<>();
        List<Integer> words = new ArrayList<>();
        Matcher matcher = TOKENS.matcher(text);
        while (matcher.find()) {
            if (!matcher.group().isBlank()) {
                words.add(tokens.size());
            }
            tokens.add(matcher.group());
        }
        if (!words.isEmpty()) {
            change.apply(tokens, words.get(index(at, words.size())), words.get(index(other, words.size())));
        }
        return String.join("", tokens);
    }

    private String onLines(String text, Change change) {
        List<String> lines = new ArrayList<>(List.of(text.split("\n", -1)));
        change.apply(lines, index(at, lines.size()), index(other, lines.size()));
        return String.join("\n", lines);
    }
}
