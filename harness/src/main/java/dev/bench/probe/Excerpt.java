package dev.bench.probe;

/** Keeps the first line of an answer, for a message. Used by one thread at a time. */
final class Excerpt {
    private static final int LONGEST = 80;

    private final StringBuilder line = new StringBuilder();
    private boolean ended;

    void accept(byte[] bytes, int count) {
        for (int i = 0; i < count && !ended; i++) {
            char character = (char) (bytes[i] & 0xff);
            if (character == '\r' || character == '\n') {
                ended = true;
            } else if (line.length() == LONGEST) {
                line.append("...");
                ended = true;
            } else {
                line.append(character >= ' ' && character <= '~' ? character : '?');
            }
        }
    }

    @Override
    public String toString() {
        return line.toString();
    }
}
