package dev.bench.probe;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.channels.SocketChannel;

/** Holds a question that was asked on a connection of its own. Read by one thread at a time; closed from any. */
final class Conversation implements AutoCloseable {
    private static final int BUFFER = 1 << 13;

    private final SocketChannel channel;
    private final Answer answer;
    private final byte[] buffer = new byte[BUFFER];
    private long firstByte;
    private boolean begun;
    private boolean ended;

    /**
     * Takes over a connection.
     *
     * @param channel blocking, with the question on its way
     */
    Conversation(SocketChannel channel, Answer answer) {
        this.channel = channel;
        this.answer = answer;
    }

    /** Reads until the answer can be judged or the moment has come; returns MORE where that is first. */
    Answer.Reading read(long untilNanos) throws IOException {
        Socket socket = channel.socket();
        InputStream input = socket.getInputStream();
        Answer.Reading reading = Answer.Reading.MORE;
        long left = untilNanos - System.nanoTime();
        while (reading == Answer.Reading.MORE && left > 0) {
            socket.setSoTimeout((int) Math.max(1, left / 1_000_000));
            try {
                int count = input.read(buffer);
                reading = count < 0 ? end() : accept(count);
            } catch (SocketTimeoutException e) {
                return Answer.Reading.MORE;
            }
            left = untilNanos - System.nanoTime();
        }
        return reading;
    }

    private Answer.Reading accept(int count) {
        if (!begun) {
            firstByte = System.nanoTime();
            begun = true;
        }
        Answer.Reading reading = answer.accept(buffer, count);
        begun = !answer.isYetToBegin();
        return reading;
    }

    private Answer.Reading end() {
        ended = true;
        return begun ? answer.end() : Answer.Reading.WRONG;
    }

    /** Returns when the first byte of the answer was read. */
    long firstByteNanos() {
        return firstByte;
    }

    /** Returns what came so far, for a message. */
    String seen() {
        if (begun) {
            return "the answer '" + answer.excerpt() + "'";
        }
        return ended ? "closed without an answer" : "a request that was taken and not answered";
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // Nothing is read from it any more.
        }
    }
}
