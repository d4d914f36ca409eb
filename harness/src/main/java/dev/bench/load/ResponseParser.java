package dev.bench.load;

import java.nio.charset.StandardCharsets;

/**
 * Finds the end of HTTP/1.1 answers (RFC 9112) in whatever pieces they arrive: by length, in chunks, or by the end of the
 * connection. Keeps nothing but what it needs for that. Used by one thread.
 */
final class ResponseParser {
    private static final int LONGEST_NAMED_LINE = 64;
    private static final String LENGTH = "content-length:";
    private static final String ENCODING = "transfer-encoding:";
    private static final String CONNECTION = "connection:";
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_FINAL = 200;

    private final byte[] line = new byte[LONGEST_NAMED_LINE];
    private State state = State.STATUS;
    private int lineLength;
    private long left;
    private boolean chunked;
    private boolean closes;
    private int status;

    private enum State {
        STATUS,
        HEADER,
        BODY,
        CHUNK_SIZE,
        CHUNK,
        CHUNK_END,
        TRAILER,
        UNTIL_CLOSE
    }

    /** Is thrown at bytes that are no HTTP. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** Makes ready for the next answer. */
    void reset() {
        state = State.STATUS;
        lineLength = 0;
        left = -1;
        chunked = false;
        closes = false;
    }

    /** Returns the status of the answer whose status line was read. */
    int status() {
        return status;
    }

    /** Returns whether the server closes the connection behind this answer. */
    boolean closes() {
        return closes;
    }

    /**
     * Takes the next bytes.
     *
     * @return whether the answer is complete; what follows it in the same piece is ignored, since nothing was asked
     */
    boolean accept(byte[] bytes, int count) throws Malformed {
        int at = 0;
        while (at < count) {
            switch (state) {
                case BODY, CHUNK -> {
                    int taken = (int) Math.min(left, count - at);
                    at += taken;
                    left -= taken;
                    if (left == 0) {
                        if (state == State.BODY) {
                            return true;
                        }
                        state = State.CHUNK_END;
                    }
                }
                case UNTIL_CLOSE -> at = count;
                default -> {
                    byte next = bytes[at++];
                    if (next == '\n') {
                        if (endOfLine()) {
                            return true;
                        }
                        lineLength = 0;
                    } else if (next != '\r') {
                        if (lineLength < LONGEST_NAMED_LINE) {
                            line[lineLength] = next;
                        }
                        lineLength++;
                    }
                }
            }
        }
        return false;
    }

    /** Tells whether the end of the connection completes the answer. */
    boolean completeAtEnd() {
        return state == State.UNTIL_CLOSE;
    }

    private boolean endOfLine() throws Malformed {
        switch (state) {
            case STATUS -> statusLine();
            case HEADER -> {
                if (lineLength == 0) {
                    return endOfHeaders();
                }
                header();
            }
            case CHUNK_SIZE -> chunkSize();
            case CHUNK_END -> state = State.CHUNK_SIZE;
            case TRAILER -> {
                return lineLength == 0;
            }
            case BODY, CHUNK, UNTIL_CLOSE -> throw new IllegalStateException("a body has no lines");
        }
        return false;
    }

    private void statusLine() throws Malformed {
        String text = text();
        if (!text.startsWith("http/1.") || lineLength < STATUS_TO) {
            throw new Malformed("the answer begins with '" + text + "'");
        }
        status = number(text.substring(STATUS_FROM, STATUS_TO), 10);
        state = State.HEADER;
    }

    private void header() throws Malformed {
        // The first letter rules out most of the headers before a string is made.
        int first = line[0] | 0x20;
        if (first != 'c' && first != 't') {
            return;
        }
        String text = text();
        if (text.startsWith(LENGTH)) {
            left = number(text.substring(LENGTH.length()).strip(), 10);
        } else if (text.startsWith(ENCODING)) {
            chunked = text.endsWith("chunked");
        } else if (text.startsWith(CONNECTION)) {
            closes = text.endsWith("close");
        }
    }

    private boolean endOfHeaders() {
        if (status < FIRST_FINAL) {
            reset();
            return false;
        }
        if (status == NO_CONTENT || status == NOT_MODIFIED) {
            return true;
        }
        if (chunked) {
            state = State.CHUNK_SIZE;
            return false;
        }
        if (left < 0) {
            closes = true;
            state = State.UNTIL_CLOSE;
            return false;
        }
        state = State.BODY;
        return left == 0;
    }

    private void chunkSize() throws Malformed {
        String text = text();
        int extension = text.indexOf(';');
        left = number((extension < 0 ? text : text.substring(0, extension)).strip(), 16);
        state = left == 0 ? State.TRAILER : State.CHUNK;
    }

    private static int number(String text, int radix) throws Malformed {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0) {
                return number;
            }
        } catch (NumberFormatException e) {
            // Said below, with the text.
        }
        throw new Malformed("'" + text + "' is no number");
    }

    /** Returns the beginning of the line in lower case. */
    private String text() {
        int length = Math.min(lineLength, LONGEST_NAMED_LINE);
        for (int i = 0; i < length; i++) {
            if (line[i] >= 'A' && line[i] <= 'Z') {
                line[i] |= 0x20;
            }
        }
        return new String(line, 0, length, StandardCharsets.ISO_8859_1);
    }
}
