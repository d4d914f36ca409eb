package dev.bench.calibrate;

import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/** Starts the workload as a container by the fewest requests there can be, and asks it in a loop until it answers. */
final class BareContainer implements AutoCloseable {
    private static final long DEADLINE_NANOS = 60_000_000_000L;

    private final BareDockerClient client;
    private final PreparedImage image;
    private final Limits limits;
    private final LabView lab;

    BareContainer(PreparedImage image, Limits limits, LabView lab) throws IOException {
        this.client = new BareDockerClient(Path.of(URI.create(lab.dockerHost()).getPath()));
        this.image = image;
        this.limits = limits;
        this.lab = lab;
    }

    /** Launches once and returns milliseconds from just before the first request to the first correct byte. */
    double launch(String name, InetAddress address) throws IOException {
        String entrypoint = image.config().argv().stream()
                .map(argument -> "\"" + argument.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        String json = "{\"Image\":\"" + image.engineReference() + "\",\"Entrypoint\":[" + entrypoint + "],\"Cmd\":[],"
                + "\"MacAddress\":\"" + Subnet.hardwareAddress(address) + "\","
                + "\"HostConfig\":{\"NetworkMode\":\"" + lab.dockerNetwork() + "\",\"NanoCpus\":"
                + Math.round(limits.cpus() * 1e9) + ",\"Memory\":" + limits.memoryBytes() + ",\"MemorySwap\":"
                + limits.memoryBytes() + "},"
                + "\"NetworkingConfig\":{\"EndpointsConfig\":{\"" + lab.dockerNetwork()
                + "\":{\"IPAMConfig\":{\"IPv4Address\":\"" + address.getHostAddress() + "\"}}}}}";
        long begin = System.nanoTime();
        client.request("POST", "/containers/create?name=" + name, json);
        try {
            client.request("POST", "/containers/" + name + "/start", "");
            while (!answers(address)) {
                if (System.nanoTime() - begin > DEADLINE_NANOS) {
                    throw new IOException("the bare container did not answer within a minute");
                }
                LockSupport.parkNanos(500_000);
            }
            return (System.nanoTime() - begin) / 1e6;
        } finally {
            remove(name);
        }
    }

    void remove(String name) throws IOException {
        client.request("DELETE", "/containers/" + name + "?force=true&v=true", "");
    }

    private static boolean answers(InetAddress address) {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(address, 80), 5);
            socket.setSoTimeout(2_000);
            socket.getOutputStream()
                    .write("GET / HTTP/1.0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            InputStream input = socket.getInputStream();
            byte[] status = input.readNBytes(12);
            return new String(status, StandardCharsets.US_ASCII).endsWith(" 200");
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
