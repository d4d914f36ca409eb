package dev.bench.calibrate;

import java.io.Closeable;
import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/**
 * Talks to a Docker engine with nothing in between: HTTP/1.1 written by hand on one kept connection of the unix socket.
 *
 * <p>It exists to be compared with: what it takes is the floor for any client. Not safe for several threads.
 */
final class BareDockerClient implements Closeable {
    private final SocketChannel channel;
    private final ByteBuffer input = ByteBuffer.allocate(64 * 1024).flip();

    BareDockerClient(Path socket) throws IOException {
        channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
    }

    /** Sends a request and returns the body of its answer; throws where the status is 400 or more. */
    String request(String method, String path, String json) throws IOException {
        byte[] body = json.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.1\r\nHost: docker\r\nContent-Type: application/json\r\n"
                + "Content-Length: " + body.length + "\r\n\r\n";
        ByteBuffer output = ByteBuffer.allocate(head.length() + body.length);
        output.put(head.getBytes(StandardCharsets.US_ASCII)).put(body).flip();
        while (output.hasRemaining()) {
            channel.write(output);
        }
        return answer(method + " " + path);
    }

    private String answer(String request) throws IOException {
        String statusLine = line();
        int status = Integer.parseInt(statusLine.substring(9, 12));
        int length = -1;
        boolean chunked = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            if (lower.startsWith("content-length:")) {
                length = Integer.parseInt(lower.substring(15).trim());
            } else if (lower.startsWith("transfer-encoding:") && lower.contains("chunked")) {
                chunked = true;
            }
        }
        String body = "";
        if (chunked) {
            body = chunks();
        } else if (length > 0) {
            body = text(length);
        }
        if (status >= 400) {
            throw new IOException(request + ": " + statusLine + ": " + body);
        }
        return body;
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = Integer.parseInt(line(), 16); size > 0; size = Integer.parseInt(line(), 16)) {
            body.append(text(size));
            line();
        }
        line();
        return body.toString();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (char c = next(); c != '\n'; c = next()) {
            if (c != '\r') {
                line.append(c);
            }
        }
        return line.toString();
    }

    private String text(int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) next();
        }
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private char next() throws IOException {
        if (!input.hasRemaining()) {
            input.clear();
            if (channel.read(input) < 0) {
                throw new IOException("the engine closed the connection");
            }
            input.flip();
        }
        return (char) (input.get() & 0xff);
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
