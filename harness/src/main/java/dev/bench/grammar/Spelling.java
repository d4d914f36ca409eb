package dev.bench.grammar;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Finds what a mistyped word may have been meant to be. */
public final class Spelling {
    private Spelling() {}

    /** Returns the word nearest to a mistyped one, by edit distance, where it is near enough to be meant. */
    public static Optional<String> nearest(String word, List<String> words) {
        String lower = word.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(candidate -> distance(lower, candidate) <= Math.max(1, candidate.length() / 3))
                .min((a, b) -> Integer.compare(distance(lower, a), distance(lower, b)));
    }

    /** Returns a question behind a complaint that ends with it, such as {@code ; did you mean 'vm'?}; empty without a near word. */
    public static String question(String word, List<String> words) {
        return nearest(word, words)
                .map(near -> "; did you mean '" + near + "'?")
                .orElse("");
    }

    /** Ends a complaint behind which another sentence follows, with that question or else a full stop. */
    public static String stop(String word, List<String> words) {
        String question = question(word, words);
        return question.isEmpty() ? "." : question;
    }

    /** Levenshtein's distance with swapped neighbours as one error (optimal string alignment). */
    private static int distance(String a, String b) {
        int[][] errors = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    errors[i][j] = i + j;
                    continue;
                }
                int substituted = errors[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                errors[i][j] = Math.min(substituted, Math.min(errors[i - 1][j], errors[i][j - 1]) + 1);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    errors[i][j] = Math.min(errors[i][j], errors[i - 2][j - 2] + 1);
                }
            }
        }
        return errors[a.length()][b.length()];
    }
}
