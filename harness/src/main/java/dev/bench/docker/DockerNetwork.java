package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Holds an engine's network on the lab's bridge; closing removes it. */
final class DockerNetwork implements AutoCloseable {
    /** The end of a run must not wait long for an engine that has locked itself up. */
    private static final Duration REMOVAL = Duration.ofSeconds(20);

    private final String address;
    private final String id;

    private DockerNetwork(String address, String id) {
        this.address = address;
        this.id = id;
    }

    /** Returns the name of a run's network. */
    static String name(String runId) {
        return "bench-" + runId;
    }

    /** Makes the network, and with it the bridge where that is not there. */
    static DockerNetwork create(String address, String runId, String bridge, Subnet subnet) throws IOException {
        return create(address, runId, subnet, Map.of("com.docker.network.bridge.name", bridge));
    }

    /** Makes the network on a bridge that a cable connects to the lab's, which has the address of the gateway. */
    static DockerNetwork createConnected(String address, String runId, String bridge, Subnet subnet)
            throws IOException {
        return create(
                address,
                runId,
                subnet,
                Map.of("com.docker.network.bridge.name", bridge, "com.docker.network.bridge.inhibit_ipv4", "true"));
    }

    private static DockerNetwork create(String address, String runId, Subnet subnet, Map<String, String> options)
            throws IOException {
        try (DockerClient client = DockerClients.within(DockerClients.ANSWER, address)) {
            String id = client.createNetworkCmd()
                    .withName(name(runId))
                    .withDriver("bridge")
                    .withOptions(options)
                    .withLabels(Map.of(RunLabel.KEY, runId))
                    // Podman removes a network's firewall rules with the last interface of the bridge, which may be
                    // another target's; a network without a way out has none.
                    .withInternal(Podman.answers(client.versionCmd().exec()))
                    .withIpam(new Network.Ipam()
                            .withConfig(new Network.Ipam.Config()
                                    .withSubnet(subnet.cidr())
                                    .withGateway(subnet.gateway().getHostAddress())))
                    .exec()
                    .getId();
            return new DockerNetwork(address, id);
        } catch (RuntimeException e) {
            throw new IOException(
                    "the container engine at " + address + " cannot make a network: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try (DockerClient client = DockerClients.within(REMOVAL, address)) {
            client.removeNetworkCmd(id).exec();
        } catch (RuntimeException | IOException e) {
            // It may be gone already; a dead engine's network is removed with the namespace, or by the next run.
        }
    }
}
