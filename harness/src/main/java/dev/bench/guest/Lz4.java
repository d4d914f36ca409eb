package dev.bench.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/**
 * Unpacks LZ4 in the framing that Linux kernels are compressed with: after the magic number each block stands behind its size
 * (github.com/lz4/lz4, doc/lz4_Frame_format.md, "Legacy Frame", and doc/lz4_Block_format.md).
 */
final class Lz4 {
    static final int MAGIC = 0x184C2102;

    /** A length of so much goes on in the bytes that follow. */
    private static final int OPEN_LENGTH = 15;

    private static final int LEAST_MATCH = 4;

    private Lz4() {}

    /**
     * Unpacks so many bytes.
     *
     * @param packed from the magic number on
     * @throws IOException where it is not what it should be
     */
    static byte[] unpack(byte[] packed, int size) throws IOException {
        try {
            ByteBuffer input = ByteBuffer.wrap(packed).order(ByteOrder.LITTLE_ENDIAN);
            ByteBuffer output = ByteBuffer.allocate(size);
            input.position(Integer.BYTES);
            while (output.hasRemaining()) {
                int blockBytes = input.getInt();
                block(input.slice(input.position(), blockBytes), output);
                input.position(input.position() + blockBytes);
            }
            return output.array();
        } catch (RuntimeException e) {
            // A buffer that ends, or an index outside of one.
            throw new IOException("it is damaged: LZ4 data of " + packed.length + " bytes do not unpack", e);
        }
    }

    private static void block(ByteBuffer input, ByteBuffer output) {
        while (input.hasRemaining()) {
            int token = input.get() & 0xff;
            int literals = length(input, token >> 4);
            output.put(input.slice(input.position(), literals));
            input.position(input.position() + literals);
            if (!input.hasRemaining()) {
                return; // a block ends with literals
            }
            int distance = (input.get() & 0xff) | (input.get() & 0xff) << 8;
            int count = length(input, token & OPEN_LENGTH) + LEAST_MATCH;
            byte[] bytes = output.array();
            int at = output.position();
            for (int i = 0; i < count; i++) {
                bytes[at + i] = bytes[at + i - distance]; // one by one: a match may reach into itself
            }
            output.position(at + count);
        }
    }

    private static int length(ByteBuffer input, int nibble) {
        int length = nibble;
        for (int more = nibble == OPEN_LENGTH ? 0xff : 0; more == 0xff; length += more) {
            more = input.get() & 0xff;
        }
        return length;
    }
}
