package dev.bench.calibrate;

import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.util.stream.Collectors;

/** Starts the workload as a container by the fewest requests there can be, and asks it in a loop until it answers. */
final class BareContainer implements AutoCloseable {
    private final BareDockerClient client;
    private final PreparedImage image;
    private final Limits limits;
    private final LabView lab;
    private final HttpLoop loop;

    BareContainer(PreparedImage image, Limits limits, LabView lab, HttpLoop loop) throws IOException {
        this.client =
                new BareDockerClient(Path.of(URI.create(lab.service("docker")).getPath()));
        this.image = image;
        this.limits = limits;
        this.lab = lab;
        this.loop = loop;
    }

    /** Launches once and returns milliseconds from just before the first request to the first correct byte. */
    double launch(String name, InetAddress address) throws IOException {
        long begin = System.nanoTime();
        try {
            return (start(name, address) - begin) / 1e6;
        } finally {
            remove(name);
        }
    }

    /** Creates and starts a container, and returns the moment of its first correct byte. */
    long start(String name, InetAddress address) throws IOException {
        String network = "bench-" + lab.runId();
        String entrypoint = image.config().argv().stream()
                .map(argument -> "\"" + argument.replace("\"", "\\\"") + "\"")
                .collect(Collectors.joining(","));
        String json = "{\"Image\":\"" + image.engineReference() + "\",\"Entrypoint\":[" + entrypoint + "],\"Cmd\":[],"
                + "\"MacAddress\":\"" + Subnet.hardwareAddress(address) + "\","
                + "\"HostConfig\":{\"NetworkMode\":\"" + network + "\",\"NanoCpus\":"
                + Math.round(limits.cpus() * 1e9) + ",\"Memory\":" + limits.memoryBytes() + ",\"MemorySwap\":"
                + limits.memoryBytes() + "},"
                + "\"NetworkingConfig\":{\"EndpointsConfig\":{\"" + network
                + "\":{\"IPAMConfig\":{\"IPv4Address\":\"" + address.getHostAddress() + "\"}}}}}";
        client.request("POST", "/containers/create?name=" + name, json);
        client.request("POST", "/containers/" + name + "/start", "");
        return loop.await(address, () -> true);
    }

    void remove(String name) throws IOException {
        client.request("DELETE", "/containers/" + name + "?force=true&v=true", "");
    }

    @Override
    public void close() throws IOException {
        client.close();
    }
}
