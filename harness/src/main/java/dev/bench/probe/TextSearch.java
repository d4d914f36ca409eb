package dev.bench.probe;

/**
 * Looks for bytes in a stream that comes in pieces, and keeps none of it (Knuth, Morris, Pratt: Fast Pattern Matching in
 * Strings, 1977). Used by one thread at a time.
 */
final class TextSearch {
    private final byte[] wanted;
    /** The longest proper beginning of the first {@code i} wanted bytes that is their end too. */
    private final int[] overlap;

    private int matched;

    TextSearch(byte[] wanted) {
        this.wanted = wanted.clone();
        this.overlap = new int[wanted.length + 1];
        int length = 0;
        for (int i = 1; i < wanted.length; i++) {
            while (length > 0 && wanted[i] != wanted[length]) {
                length = overlap[length];
            }
            if (wanted[i] == wanted[length]) {
                length++;
            }
            overlap[i + 1] = length;
        }
    }

    void accept(byte[] bytes, int from, int count) {
        for (int i = from; i < from + count && !found(); i++) {
            while (matched > 0 && bytes[i] != wanted[matched]) {
                matched = overlap[matched];
            }
            if (bytes[i] == wanted[matched]) {
                matched++;
            }
        }
    }

    /** Tells whether the bytes came; nothing is found at once. */
    boolean found() {
        return matched == wanted.length;
    }
}
