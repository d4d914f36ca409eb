package dev.bench.docker;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;

/**
 * Reads a message in protobuf's encoding field by field; one that is cut short ends where it is.
 *
 * <p>Format: <a href="https://protobuf.dev/programming-guides/encoding/">protobuf encoding</a>.
 */
final class ProtobufFields {
    private final byte[] message;
    private int position;
    private int number;
    private long value;
    private byte[] content = new byte[0];

    ProtobufFields(byte[] message) {
        this.message = message;
    }

    /** Goes to the next field; returns whether there is one. */
    boolean next() {
        if (position >= message.length) {
            return false;
        }
        long key = varint();
        number = (int) (key >> 3);
        value = 0;
        content = new byte[0];
        switch ((int) key & 7) {
            case 0 -> value = varint();
            case 1 -> position += 8;
            case 2 -> {
                int length = (int) Math.max(0, Math.min(varint(), message.length - position));
                content = Arrays.copyOfRange(message, position, position + length);
                position += length;
            }
            default -> position += 4;
        }
        return true;
    }

    /** Returns the number of the field. */
    int number() {
        return number;
    }

    /** Returns the value of a number; 0 for any other field. */
    long value() {
        return value;
    }

    /** Returns the bytes of a text, or of a message in it; empty for any other field. */
    byte[] content() {
        return content;
    }

    /** Returns the text. */
    String text() {
        return new String(content, UTF_8).strip();
    }

    private long varint() {
        long read = 0;
        for (int shift = 0; position < message.length; shift += 7) {
            byte next = message[position++];
            read |= (next & 0x7fL) << shift;
            if (next >= 0) {
                break;
            }
        }
        return read;
    }
}
