package dev.bench.calibrate;

import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Asks an address over and over until it answers as it should: the plainest way to wait. */
final class HttpLoop {
    private static final long DEADLINE_NANOS = 60_000_000_000L;
    private static final int CONNECT_MILLIS = 5;
    private static final int ANSWER_MILLIS = 2_000;
    private static final int STATUS_LINE_BYTES = 12;

    private final Readiness.Http readiness;
    private final long restNanos;

    /**
     * Prepares waiting.
     *
     * @param restNanos rest between two attempts
     */
    HttpLoop(Readiness.Http readiness, long restNanos) {
        this.readiness = readiness;
        this.restNanos = restNanos;
    }

    /**
     * Returns the moment of the first right answer.
     *
     * @param alive whether waiting makes sense still
     * @throws IOException where it does not come within a minute
     */
    long await(InetAddress address, BooleanSupplier alive) throws IOException {
        long begin = System.nanoTime();
        while (!answers(address)) {
            if (System.nanoTime() - begin > DEADLINE_NANOS || !alive.getAsBoolean()) {
                throw new IOException("what was started by hand did not answer at " + address.getHostAddress());
            }
            LockSupport.parkNanos(restNanos);
        }
        return System.nanoTime();
    }

    private boolean answers(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, readiness.port()), CONNECT_MILLIS);
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream()
                    .write(("GET " + readiness.path() + " HTTP/1.0\r\n\r\n").getBytes(StandardCharsets.US_ASCII));
            InputStream input = socket.getInputStream();
            String statusLine = new String(input.readNBytes(STATUS_LINE_BYTES), StandardCharsets.US_ASCII);
            return statusLine.endsWith(" " + readiness.status());
        } catch (IOException e) {
            return false;
        }
    }
}
