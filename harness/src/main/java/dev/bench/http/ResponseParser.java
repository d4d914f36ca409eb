package dev.bench.http;

import java.nio.charset.StandardCharsets;

/**
 * Finds the end of HTTP/1.x answers (RFC 9112) in whatever pieces they arrive: by length, in chunks, or by the end of the
 * connection. Keeps nothing but what it needs for that. Used by one thread.
 */
public final class ResponseParser {
    private static final int LONGEST_NAMED_LINE = 64;
    private static final String LENGTH = "content-length:";
    private static final String ENCODING = "transfer-encoding:";
    private static final String OLD_VERSION = "http/1.0";
    private static final String CONNECTION = "connection:";
    private static final int STATUS_FROM = 9;
    private static final int STATUS_TO = 12;
    private static final int NO_CONTENT = 204;
    private static final int NOT_MODIFIED = 304;
    private static final int FIRST_FINAL = 200;
    private static final int LONGEST_STATUS_LINE = 4_096;

    private final Body body;
    private final byte[] line = new byte[LONGEST_NAMED_LINE];
    private State state = State.STATUS;
    private int lineLength;
    private long left;
    private boolean chunked;
    private boolean closes;
    private int status;

    /** Hears of the bytes of a body, without the framing of chunks. */
    @FunctionalInterface
    public interface Body {
        /** Takes the next bytes; they are the caller's again when this returns. */
        void accept(byte[] bytes, int from, int count);
    }

    /** Creates a parser that lets bodies pass unread. */
    public ResponseParser() {
        this((bytes, from, count) -> {});
    }

    /** Creates a parser that hands over every body in pieces. */
    public ResponseParser(Body body) {
        this.body = body;
        reset();
    }

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

    /** Reports bytes that are no HTTP. */
    public static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;

        Malformed(String message) {
            super(message);
        }
    }

    /** Makes ready for the next answer. */
    public void reset() {
        state = State.STATUS;
        lineLength = 0;
        left = -1;
        chunked = false;
        closes = false;
    }

    /** Returns whether the status line of the final answer was read. */
    public boolean hasStatus() {
        return state != State.STATUS && status >= FIRST_FINAL;
    }

    /** Returns whether nothing came of an answer, or of the next one behind interim ones. */
    public boolean isAtBeginning() {
        return state == State.STATUS && lineLength == 0;
    }

    /** Returns the status of the answer whose status line was read. */
    public int status() {
        return status;
    }

    /** Returns whether the server closes the connection behind this answer: HTTP/1.0 does, unless it says otherwise. */
    public boolean closes() {
        return closes;
    }

    /**
     * Takes the next bytes.
     *
     * @return whether the answer is complete; what follows it in the same piece is ignored, since nothing was asked
     */
    public boolean accept(byte[] bytes, int count) throws Malformed {
        return accept(bytes, 0, count) >= 0;
    }

    /**
     * Takes the next bytes, which may hold the answer to a later question behind this one.
     *
     * @param from where they begin
     * @param to where they end
     * @return where the answer ends in them; -1 where it is not complete
     */
    public int accept(byte[] bytes, int from, int to) throws Malformed {
        int at = from;
        while (at < to) {
            switch (state) {
                case BODY, CHUNK -> {
                    int taken = (int) Math.min(left, to - at);
                    body.accept(bytes, at, taken);
                    at += taken;
                    left -= taken;
                    if (left == 0) {
                        if (state == State.BODY) {
                            return at;
                        }
                        state = State.CHUNK_END;
                    }
                }
                case UNTIL_CLOSE -> {
                    body.accept(bytes, at, to - at);
                    at = to;
                }
                default -> {
                    byte next = bytes[at++];
                    if (next == '\n') {
                        if (endOfLine()) {
                            return at;
                        }
                        lineLength = 0;
                    } else if (next != '\r') {
                        if (lineLength < LONGEST_NAMED_LINE) {
                            line[lineLength] = next;
                        }
                        lineLength++;
                        if (lineLength > LONGEST_STATUS_LINE && state == State.STATUS) {
                            throw new Malformed("the answer begins with '" + text() + "'");
                        }
                    }
                }
            }
        }
        return -1;
    }

    /** Tells whether the end of the connection completes the answer. */
    public boolean completeAtEnd() {
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
        if (!text.startsWith("http/1.")
                || lineLength < STATUS_TO
                || (text.length() > STATUS_TO && text.charAt(STATUS_TO) != ' ')) {
            throw new Malformed("the answer begins with '" + text + "'");
        }
        status = (int) number(text.substring(STATUS_FROM, STATUS_TO), 10);
        closes = text.startsWith(OLD_VERSION);
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
            chunked = text.strip().endsWith("chunked");
        } else if (text.startsWith(CONNECTION)) {
            closes = text.contains("close") || (closes && !text.contains("keep-alive"));
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

    private static long number(String text, int radix) throws Malformed {
        try {
            long number = Long.parseLong(text, radix);
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
