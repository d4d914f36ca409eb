package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectVolumeResponse;
import com.github.dockerjava.api.model.Container;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.Network;
import dev.bench.target.LeftoverRemoval;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Removes a dead run's containers, network and volumes from an existing engine, by their label. */
final class DockerLeftovers implements LeftoverRemoval {
    @Override
    public void remove(String runId, Map<String, String> stated) throws IOException {
        String dockerHost = stated.get(DockerDriver.ENDPOINT.key());
        if (dockerHost == null) {
            return;
        }
        removeLabelled(dockerHost, RunLabel.KEY + "=" + runId);
    }

    @Override
    public List<Path> mounted(Path cacheDirectory) {
        return List.of(DockerService.dataRoot(cacheDirectory));
    }

    /** Images are to be kept; a container, or a volume by a run's name, is of a run that was killed. */
    @Override
    public boolean isKept(Path cacheDirectory) throws IOException {
        Path data = DockerService.dataRoot(cacheDirectory);
        return holds(data.resolve("containers"), "*") || holds(data.resolve("volumes"), "bench-*");
    }

    private static boolean holds(Path directory, String name) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory, name)) {
            return entries.iterator().hasNext();
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    /** Removes containers, networks, volumes and images by a label, with or without its value. */
    static void removeLabelled(String dockerHost, String label) throws IOException {
        try (DockerClient client = DockerClients.within(DockerClients.ANSWER, dockerHost)) {
            for (Container container : client.listContainersCmd()
                    .withShowAll(true)
                    .withLabelFilter(List.of(label))
                    .exec()) {
                Removals.force(client, container.getId());
            }
            List<Network> networks =
                    client.listNetworksCmd().withFilter("label", List.of(label)).exec();
            for (Network network : networks) {
                client.removeNetworkCmd(network.getId()).exec();
            }
            List<InspectVolumeResponse> volumes = client.listVolumesCmd()
                    .withFilter("label", List.of(label))
                    .exec()
                    .getVolumes();
            for (InspectVolumeResponse volume : Objects.requireNonNullElse(volumes, List.<InspectVolumeResponse>of())) {
                client.removeVolumeCmd(volume.getName()).exec();
            }
            for (Image image : client.listImagesCmd().withLabelFilter(label).exec()) {
                client.removeImageCmd(image.getId()).withForce(true).exec();
            }
        } catch (RuntimeException e) {
            throw new IOException("the engine at " + dockerHost + " does not answer: " + e.getMessage(), e);
        }
    }
}
