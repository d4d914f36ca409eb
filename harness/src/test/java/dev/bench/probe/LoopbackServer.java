package dev.bench.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Answers on a port of the loopback address, each connection as told; the last conversation serves all later ones. */
final class LoopbackServer implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
    private final AtomicInteger connections = new AtomicInteger();

    /** Holds the server's side of one connection, which is closed after it. */
    @FunctionalInterface
    interface Conversation {
        void hold(InputStream input, OutputStream output) throws IOException, InterruptedException;
    }

    LoopbackServer(Conversation... conversations) throws IOException {
        List<Conversation> script = List.of(conversations);
        Thread thread = new Thread(() -> serve(script), "loopback-server");
        thread.setDaemon(true);
        thread.start();
    }

    /** Reads a question that ends with these characters, then answers in pieces with a pause after each. */
    static Conversation answer(String questionEnd, long pauseMillis, String... pieces) {
        return (input, output) -> {
            readUntil(input, questionEnd);
            for (String piece : pieces) {
                output.write(piece.getBytes(StandardCharsets.ISO_8859_1));
                output.flush();
                Thread.sleep(pauseMillis);
            }
        };
    }

    static String readUntil(InputStream input, String end) throws IOException {
        StringBuilder text = new StringBuilder();
        while (text.indexOf(end) < 0) {
            int value = input.read();
            if (value < 0) {
                throw new IOException("the question ended early: " + text);
            }
            text.append((char) value);
        }
        return text.toString();
    }

    int port() {
        return socket.getLocalPort();
    }

    /** Returns how many connections were made so far. */
    int connections() {
        return connections.get();
    }

    private void serve(List<Conversation> script) {
        while (!socket.isClosed()) {
            try (Socket client = socket.accept()) {
                client.setTcpNoDelay(true);
                int number = connections.getAndIncrement();
                script.get(Math.min(number, script.size() - 1)).hold(client.getInputStream(), client.getOutputStream());
            } catch (IOException e) {
                // The prober has gone, or the test is over.
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
