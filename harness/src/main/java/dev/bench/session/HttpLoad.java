package dev.bench.session;

import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** Sends plain requests one after the other: enough for a server to touch the memory it serves with, no throughput. */
public final class HttpLoad {
    private static final int TIMEOUT_MILLIS = 10_000;

    private final Readiness.Http http;
    private final String path;
    private final int requests;

    /**
     * Returns requests for what a scenario is ready by; empty where that is no answer over HTTP, or there are none.
     *
     * @param requests how many
     */
    public static Optional<HttpLoad> of(Readiness readiness, int requests) {
        return requests > 0 && readiness instanceof Readiness.Http http
                ? Optional.of(new HttpLoad(http, http.path(), requests))
                : Optional.empty();
    }

    /** Creates requests for something of a server that is ready when it answers. */
    public HttpLoad(Readiness.Http http, String path, int requests) {
        this.http = http;
        this.path = path;
        this.requests = requests;
    }

    /** Returns what it is, for a person. */
    String describe() {
        return requests + " requests for " + path;
    }

    /**
     * Sends them all to one instance, each on a connection of its own.
     *
     * @throws LaunchException where an answer does not come or has another status
     */
    public void send(InetAddress address, BooleanSupplier stop) throws LaunchException {
        byte[] request = ("GET " + path + " HTTP/1.0\r\nHost: " + http.hostOf(address)
                        + "\r\nConnection: close\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        byte[] buffer = new byte[8192];
        for (int i = 0; i < requests && !stop.getAsBoolean(); i++) {
            String status = exchange(address, request, buffer);
            if (!status.matches("HTTP/1\\.[01] " + http.status() + ".*")) {
                throw new LaunchException(
                        FailureKind.LOAD,
                        "request " + (i + 1) + " of " + requests + " was answered with '" + status
                                + "', not with status " + http.status(),
                        null);
            }
        }
    }

    private String exchange(InetAddress address, byte[] request, byte[] buffer) throws LaunchException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(TIMEOUT_MILLIS);
            socket.connect(new InetSocketAddress(address, http.port()), TIMEOUT_MILLIS);
            socket.getOutputStream().write(request);
            InputStream input = socket.getInputStream();
            int length = Math.max(0, input.readNBytes(buffer, 0, "HTTP/1.1 200".length()));
            String status = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            while (input.read(buffer) >= 0) {
                // The rest is read so that the server has to send it.
            }
            return status;
        } catch (IOException e) {
            throw new LaunchException(FailureKind.LOAD, "a request to a ready instance failed: " + e.getMessage(), e);
        }
    }
}
