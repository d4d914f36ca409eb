package dev.bench.probe;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Writes messages of a PostgreSQL server (PostgreSQL documentation, "Message Formats"). */
final class PostgresMessages {
    private PostgresMessages() {}

    static byte[] authenticationOk() {
        return ByteBuffer.allocate(9).put((byte) 'R').putInt(8).putInt(0).array();
    }

    static byte[] error(String state, String message) {
        byte[] fields = ("SFATAL\0VFATAL\0C" + state + "\0M" + message + "\0\0").getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(5 + fields.length)
                .put((byte) 'E')
                .putInt(4 + fields.length)
                .put(fields)
                .array();
    }
}
