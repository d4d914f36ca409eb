package dev.bench.load;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;

/** Answers HTTP on kept connections of the loopback address, each in a thread of its own. */
final class HttpServerStub implements AutoCloseable {
    private final ServerSocket socket = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger connections = new AtomicInteger();
    private final Set<String> hosts = ConcurrentHashMap.newKeySet();
    private final Answer answer;

    /** Says what a request is answered with. */
    @FunctionalInterface
    interface Answer {
        /**
         * Returns the whole answer; the connection is closed behind it where it says so, and without one where it is
         * empty.
         *
         * @param number number of the request, from 1
         */
        String to(int number);
    }

    HttpServerStub(Answer answer) throws IOException {
        this.answer = answer;
        daemon(this::accept);
    }

    /** Returns an answer of status 200 after a while. */
    static Answer after(long millis) {
        return number -> {
            LockSupport.parkNanos(millis * 1_000_000);
            return "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
        };
    }

    InetSocketAddress address() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), socket.getLocalPort());
    }

    int requests() {
        return requests.get();
    }

    /** Returns the lines that named a host. */
    Set<String> hosts() {
        return hosts;
    }

    int connections() {
        return connections.get();
    }

    private static void daemon(Runnable work) {
        Thread thread = new Thread(work, "http-server-stub");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket client = socket.accept();
                connections.incrementAndGet();
                daemon(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            client.setTcpNoDelay(true);
            BufferedReader input =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.US_ASCII));
            OutputStream output = client.getOutputStream();
            boolean open = true;
            while (open && input.readLine() != null) {
                String header = input.readLine();
                while (!header.isEmpty()) {
                    if (header.startsWith("Host:")) {
                        hosts.add(header);
                    }
                    header = input.readLine();
                }
                String text = answer.to(requests.incrementAndGet());
                output.write(text.getBytes(StandardCharsets.US_ASCII));
                open = !text.isEmpty()
                        && !text.contains("Connection: close")
                        && (text.startsWith("HTTP/1.1") || text.contains("keep-alive"));
            }
        } catch (IOException e) {
            // The client has gone.
        }
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
