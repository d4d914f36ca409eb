package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.model.AuthConfig;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.api.model.PushResponseItem;
import dev.bench.host.FileTrees;
import dev.bench.result.FailureKind;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.ImageDelivery;
import dev.bench.target.LabException;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Delivers images of containers: the lab's engine pushes, and an engine that has nothing else pulls, so that no layer of a
 * first pull can be there before.
 */
final class DockerDelivery implements ImageDelivery {
    /** What an engine's directory of layers holds besides them. */
    private static final Set<String> NO_LAYERS = Set.of("l", "backingFsBlockDev");

    private final DockerClient sender;
    private final DockerClient receiver;
    private final PrivateDocker engine;
    private final DockerNetwork network;
    private final DockerTarget target;
    private final PreparedImage image;
    private final DeliveryRequest request;
    private final Path memory;
    private final Path dataRoot;
    private Release fetched = Release.FIRST;

    private DockerDelivery(
            DockerClient sender,
            PrivateDocker engine,
            String address,
            DockerNetwork network,
            DockerTarget target,
            PreparedImage image,
            DeliveryRequest request,
            Path memory,
            Path dataRoot) {
        this.sender = sender;
        this.receiver = DockerClients.patient(address);
        this.engine = engine;
        this.network = network;
        this.target = target;
        this.image = image;
        this.request = request;
        this.memory = memory;
        this.dataRoot = dataRoot;
    }

    static DockerDelivery open(
            TargetDefinition definition, PreparedImage image, Limits limits, LabView lab, DeliveryRequest request)
            throws TargetException {
        String own = lab.service(DockerDriver.KEY);
        DockerClient sender = DockerClients.patient(own);
        @Nullable PrivateDocker engine = null;
        Path dataRoot = lab.workDirectory().resolve(request.name());
        try {
            make(sender, image, lab.runId(), request);
            Path directory = Files.createDirectories(lab.runDirectory().resolve(request.name()));
            // The process that measures is in the lab's network already.
            engine = PrivateDocker.start(directory, lab.runId(), dataRoot, command -> command);
            String address = PrivateDocker.address(directory);
            DockerNetwork network = DockerNetwork.create(address, lab.runId(), lab.bridge(), lab.network());
            return new DockerDelivery(
                    sender,
                    engine,
                    address,
                    network,
                    DockerTarget.open(definition, image, limits, lab.with(DockerDriver.KEY, address)),
                    image,
                    request,
                    DockerService.dataRoot(lab.cacheDirectory()).resolve("image/overlay2/distribution"),
                    dataRoot);
        } catch (IOException | LabException | TargetException | RuntimeException e) {
            String reason = withoutRoom(lab, request)
                    .map(said -> said + " (" + e.getMessage() + ")")
                    .orElse(String.valueOf(e.getMessage()));
            if (engine != null) {
                engine.close();
            }
            removeReleases(sender, request);
            DockerClients.close(sender);
            delete(dataRoot);
            if (e instanceof TargetException unusable) {
                throw unusable;
            }
            throw new TargetException(
                    definition.name(),
                    "cannot make ready what is to be delivered: " + reason,
                    "Check the engine with `bench doctor`, and the space on the cache's disk",
                    e);
        }
    }

    /** Says so where a release has no room: some engines end the connection then, and say nothing. */
    private static Optional<String> withoutRoom(LabView lab, DeliveryRequest request) {
        try {
            long needed = FileTrees.allocatedBytes(List.of(request.first()));
            return lab.cacheDirectory().toFile().getUsableSpace() < needed
                    ? Optional.of("No space left on device: a release takes " + (needed >> 20) + " MiB")
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    /** Puts the files of each release into a layer of its own over the image. */
    private static void make(DockerClient client, PreparedImage image, String runId, DeliveryRequest request) {
        for (Release release : Release.values()) {
            String id = client.createContainerCmd(image.engineReference())
                    .withName("bench-" + runId + "-" + request.name() + "-" + release.tag())
                    .withLabels(Map.of(RunLabel.KEY, runId))
                    .withEntrypoint(image.config().argv())
                    .withHostConfig(HostConfig.newHostConfig().withNetworkMode("none"))
                    .exec()
                    .getId();
            try {
                client.copyArchiveToContainerCmd(id)
                        .withHostResource(request.files(release).toString())
                        .withDirChildrenOnly(true)
                        .withRemotePath("/")
                        .exec();
                client.commitCmd(id)
                        .withRepository(repository(request))
                        .withTag(release.tag())
                        .exec();
            } finally {
                Removals.force(client, id);
            }
        }
    }

    private static String repository(DeliveryRequest request) {
        return request.server() + "/" + request.repository();
    }

    private String reference(Release release) {
        return repository(request) + ":" + release.tag();
    }

    @Override
    public void reset() throws LaunchException {
        try {
            for (Image held : receiver.listImagesCmd().withShowAll(true).exec()) {
                receiver.removeImageCmd(held.getId()).withForce(true).exec();
            }
            // Where the engine has pushed a layer before, it would ask for it there and leave it out.
            FileTrees.delete(memory);
            List<Path> left = layers();
            if (!left.isEmpty()) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "the engine that pulls has kept " + left.size() + " directories of layers after all images were"
                                + " removed, so that a cold pull would not be one. " + EngineAdvice.LOG,
                        null);
            }
        } catch (IOException | RuntimeException e) {
            throw failed("remove what it had pulled", e);
        }
    }

    private List<Path> layers() throws IOException {
        Path directory = dataRoot.resolve("overlay2");
        if (!Files.isDirectory(directory)) {
            throw new IOException("there is no " + directory + ", so its storage driver is not overlay2");
        }
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(
                            entry -> !NO_LAYERS.contains(entry.getFileName().toString()))
                    .toList();
        }
    }

    @Override
    public long heldBytes() throws IOException {
        return FileTrees.allocatedBytes(layers());
    }

    @Override
    public void push(Release release) throws LaunchException {
        Pushed pushed = new Pushed();
        try {
            // The engine wants to be told who asks, be it nobody.
            sender.pushImageCmd(repository(request))
                    .withTag(release.tag())
                    .withAuthConfig(new AuthConfig())
                    .exec(pushed)
                    .awaitCompletion();
            pushed.requireDone();
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (IOException | RuntimeException e) {
            throw failed("push the image", e);
        }
    }

    /** Hears of a push, whose failure stands in the answer although the request succeeded. */
    private static final class Pushed extends ResultCallback.Adapter<PushResponseItem> {
        private volatile @Nullable String error;

        @Override
        public void onNext(PushResponseItem item) {
            if (item.getErrorDetail() != null) {
                error = item.getErrorDetail().getMessage();
            }
        }

        void requireDone() throws IOException {
            if (error != null) {
                throw new IOException(error);
            }
        }
    }

    @Override
    public void pull(Release release) throws LaunchException {
        try {
            receiver.pullImageCmd(reference(release))
                    .exec(new PullImageResultCallback())
                    .awaitCompletion();
            fetched = release;
        } catch (InterruptedException e) {
            throw interrupted(e);
        } catch (RuntimeException e) {
            throw failed("pull the image", e);
        }
    }

    private static LaunchException interrupted(InterruptedException e) {
        Thread.currentThread().interrupt();
        return new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted while an image was delivered", e);
    }

    private static LaunchException failed(String what, Exception e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
        return new LaunchException(
                FailureKind.ENGINE, "the engine could not " + what + ": " + message + ". " + EngineAdvice.LOG, e);
    }

    @Override
    public Target target() {
        return target.launching(new PreparedImage(
                image.digest(),
                reference(fetched),
                image.tree(),
                image.treeDigest(),
                image.manifest(),
                image.disk(),
                image.config()));
    }

    @Override
    public void close() {
        target.close();
        network.close();
        DockerClients.close(receiver);
        engine.close();
        removeReleases(sender, request);
        DockerClients.close(sender);
        delete(dataRoot);
    }

    private static void delete(Path directory) {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // The lab's end removes the run's directory.
        }
    }

    private static void removeReleases(DockerClient client, DeliveryRequest request) {
        for (Release release : Release.values()) {
            try {
                client.removeImageCmd(repository(request) + ":" + release.tag())
                        .withForce(true)
                        .exec();
            } catch (RuntimeException e) {
                // It was not made; what an engine keeps the next one's start removes, by the label.
            }
        }
    }
}
