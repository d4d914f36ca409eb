package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Network;
import dev.bench.lab.Lab;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;

/** Makes the lab's network in an engine. */
public final class DockerNetworksAdapter implements Lab.DockerNetworks {
    /** The end of a run must not wait long for an engine that has locked itself up. */
    private static final Duration REMOVAL = Duration.ofSeconds(20);

    @Override
    public void clear(String dockerHost) throws IOException {
        DockerLeftovers.removeLabelled(dockerHost, RunLabel.KEY);
    }

    @Override
    public Lab.DockerNetwork create(String dockerHost, String name, String bridge, Subnet subnet, String runId)
            throws IOException {
        try (DockerClient client = DockerClients.within(DockerClients.ANSWER, dockerHost)) {
            String id = client.createNetworkCmd()
                    .withName(name)
                    .withDriver("bridge")
                    .withOptions(Map.of("com.docker.network.bridge.name", bridge))
                    .withLabels(Map.of(RunLabel.KEY, runId))
                    // Podman removes a network's firewall rules with the last interface of the bridge, which may be
                    // another
                    // target's; a network without a way out has none.
                    .withInternal(Podman.answers(client.versionCmd().exec()))
                    .withIpam(new Network.Ipam()
                            .withConfig(new Network.Ipam.Config()
                                    .withSubnet(subnet.cidr())
                                    .withGateway(subnet.gateway().getHostAddress())))
                    .exec()
                    .getId();
            return () -> remove(dockerHost, id);
        } catch (RuntimeException e) {
            throw new IOException(
                    "the container engine at " + dockerHost + " cannot make a network: " + e.getMessage(), e);
        }
    }

    private static void remove(String dockerHost, String id) {
        try (DockerClient client = DockerClients.within(REMOVAL, dockerHost)) {
            client.removeNetworkCmd(id).exec();
        } catch (RuntimeException | IOException e) {
            // It may be gone already; a dead engine's network is removed with the namespace, or by the next run.
        }
    }
}
