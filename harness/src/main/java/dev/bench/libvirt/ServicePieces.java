package dev.bench.libvirt;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads the port on which a guest passes on what its services write and how their checks ended: pieces that begin with the
 * service's letter and the number of bytes that follow, see {@link dev.bench.guest.StackProgram}. A small letter stands for
 * a check, of which two words come before the bytes: whether it was too late, and its wait status. Used by one thread.
 */
final class ServicePieces {
    private static final int DIGITS = 8;
    private static final int WORD = DIGITS + 1;

    private final Listener listener;
    private byte[] pending = new byte[0];

    /** Hears of whole pieces. */
    interface Listener {
        /** Says that a service wrote something; no bytes where it cannot write any more. */
        void wrote(char letter, long nanos, byte[] bytes);

        /** Says that a check ended. */
        void checked(char letter, boolean late, int waitStatus, byte[] output);
    }

    ServicePieces(Listener listener) {
        this.listener = listener;
    }

    /** Takes what arrived. */
    void received(long nanos, byte[] bytes) {
        ByteArrayOutputStream joined = new ByteArrayOutputStream(pending.length + bytes.length);
        joined.writeBytes(pending);
        joined.writeBytes(bytes);
        byte[] all = joined.toByteArray();
        int at = 0;
        for (int next = take(all, at, nanos); next > at; next = take(all, at, nanos)) {
            at = next;
        }
        pending = Arrays.copyOfRange(all, at, all.length);
    }

    /** Hands on the piece that begins here, where all of it is there, and returns where the next one begins. */
    private int take(byte[] all, int at, long nanos) {
        if (all.length - at < 1 + WORD) {
            return at;
        }
        char letter = (char) all[at];
        boolean check = Character.isLowerCase(letter);
        int begin = at + 1 + (check ? 3 : 1) * WORD;
        int end = begin + word(all, at + 1);
        if (end > all.length) {
            return at;
        }
        byte[] content = Arrays.copyOfRange(all, begin, end);
        if (check) {
            listener.checked(
                    Character.toUpperCase(letter),
                    word(all, at + 1 + WORD) != 0,
                    word(all, at + 1 + 2 * WORD),
                    content);
        } else {
            listener.wrote(letter, nanos, content);
        }
        return end;
    }

    private static int word(byte[] all, int at) {
        return Integer.parseUnsignedInt(new String(all, at, DIGITS, StandardCharsets.US_ASCII), 16);
    }
}
