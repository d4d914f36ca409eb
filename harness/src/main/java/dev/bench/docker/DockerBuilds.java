package dev.bench.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Image;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.bench.host.HostFault;
import dev.bench.image.BuildContext;
import dev.bench.image.Dockerfile;
import dev.bench.image.EngineImages;
import dev.bench.image.ImageConfigReader;
import dev.bench.result.Failure;
import dev.bench.result.FailureKind;
import dev.bench.target.BuildPart;
import dev.bench.target.BuildRequest;
import dev.bench.target.BuildStep;
import dev.bench.target.BuiltImage;
import dev.bench.target.EngineBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Builds with one of an engine's own builders. */
final class DockerBuilds implements EngineBuilder {
    static final String BUILDKIT = "buildkit";
    static final String CLASSIC = "classic";

    /** Where everything that is built for a measurement is kept. */
    static final String REPOSITORY = "bench-built";

    private static final String SOCKET = "unix://";
    private static final String NO_NETWORK = "none";
    private static final int SHOWN_LINES = 8;
    private static final ObjectMapper JSON = new ObjectMapper();

    private final DockerClient client;
    private final DockerHttpClient transport;
    private final BuildRequest request;
    private final String builder;
    private final BuildQuery query;
    private final BuildKitCommand.@Nullable Session command;
    private int baseLayers = -1;
    private long emptyBytes = -1;

    private DockerBuilds(
            DockerClient client,
            DockerHttpClient transport,
            BuildRequest request,
            String builder,
            BuildQuery query,
            BuildKitCommand.@Nullable Session command) {
        this.client = client;
        this.transport = transport;
        this.request = request;
        this.builder = builder;
        this.query = query;
        this.command = command;
    }

    /** Opens a builder of the engine at an address; see {@link dev.bench.target.ImageEngine#builder}. */
    static DockerBuilds open(String address, BuildRequest request, String target, String builder, String dockerfile)
            throws TargetException {
        BuildQuery query =
                new BuildQuery(REPOSITORY + ":" + request.name(), dockerfile, NO_NETWORK, request.arguments());
        DockerBuilds builds = new DockerBuilds(
                DockerClients.patient(address),
                DockerClients.transport(address),
                request,
                builder,
                query,
                builder.equals(BUILDKIT) ? command(address, request, target) : null);
        try {
            builds.bringBases(dockerfile, address);
            return builds;
        } catch (IOException | RuntimeException e) {
            builds.close();
            throw new TargetException(
                    target,
                    "cannot build " + dockerfile + ": " + e.getMessage(),
                    "Name a base that the engine has or can pull, or one made here as workload.image.base",
                    e);
        }
    }

    /** Returns by what BuildKit is asked on this host, for the facts of a result. */
    static String describe() {
        try {
            return BUILDKIT + ", by "
                    + BuildKitCommand.find()
                            .map(BuildKitCommand::describe)
                            .orElse(
                                    "the engine's API, which carries the whole directory each time: no `docker build` here"
                                            + " has a client of BuildKit whose steps can be timed");
        } catch (IOException e) {
            return BUILDKIT;
        }
    }

    /** Opens Docker's own client of BuildKit where this host has one; null where the engine's API has to do. */
    private static BuildKitCommand.@Nullable Session command(String address, BuildRequest request, String target)
            throws TargetException {
        try {
            Optional<BuildKitCommand> found = BuildKitCommand.find();
            if (found.isEmpty() || !address.startsWith(SOCKET)) {
                return null;
            }
            return found.get()
                    .open(
                            Path.of(address.substring(SOCKET.length())),
                            request.context().resolveSibling("docker-" + request.name()));
        } catch (IOException e) {
            throw new TargetException(
                    target,
                    "cannot make ready what builds: " + e.getMessage(),
                    "Check the space on the cache's disk, and the length of its path",
                    e);
        }
    }

    /** Fetches what is built on before anything is timed; a build would fetch it again each time its caches are empty. */
    private void bringBases(String dockerfile, String address) throws IOException {
        try (DockerImages images = new DockerImages(address)) {
            for (String base :
                    Dockerfile.read(request.context().resolve(dockerfile)).images(query.arguments())) {
                images.require(base);
            }
        }
    }

    @Override
    public void reset() throws LaunchException {
        try {
            removeBuilt();
            JsonNode df = send(DockerHttpClient.Request.Method.GET, "/system/df");
            int records = df.path("BuildCache").size();
            long layerBytes = df.path("LayersSize").asLong();
            if (emptyBytes < 0) {
                emptyBytes = layerBytes;
            }
            if (records > 0 || layerBytes > emptyBytes) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "the engine's caches are not empty after they were pruned: " + records
                                + " records of its build cache are left, and layers hold " + layerBytes
                                + " bytes, which were " + emptyBytes + ". A cold build would not be one. "
                                + EngineAdvice.LOG,
                        null);
            }
        } catch (IOException | RuntimeException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the engine could not empty its build caches: " + e.getMessage() + ". " + EngineAdvice.LOG,
                    e);
        }
    }

    private void removeBuilt() throws IOException {
        for (Image image : client.listImagesCmd().exec()) {
            if (isBuilt(image)) {
                client.removeImageCmd(image.getId()).withForce(true).exec();
            }
        }
        send(DockerHttpClient.Request.Method.POST, "/images/prune?filters=%7B%22dangling%22%3A%5B%22true%22%5D%7D");
        send(DockerHttpClient.Request.Method.POST, "/build/prune?all=true");
    }

    /**
     * Returns whether an image was built in this lab's engine, for a measurement of builds or as a workload: the latter has
     * the classic builder's cache, and its archive is kept beside the engine.
     */
    private static boolean isBuilt(Image image) {
        String[] tags = image.getRepoTags();
        return tags != null
                && Arrays.stream(tags)
                        .anyMatch(tag -> tag.startsWith(REPOSITORY + ":") || tag.startsWith(EngineImages.BUILT + ":"));
    }

    private JsonNode send(DockerHttpClient.Request.Method method, String path) throws IOException {
        DockerHttpClient.Request asked =
                DockerHttpClient.Request.builder().method(method).path(path).build();
        try (DockerHttpClient.Response response = transport.execute(asked)) {
            JsonNode answer = JSON.readTree(response.getBody());
            if (response.getStatusCode() >= 400) {
                throw new IOException(answer.path("message").asText("status " + response.getStatusCode()));
            }
            return answer;
        }
    }

    @Override
    public BuiltImage build() throws LaunchException {
        Instant requestedAt = Instant.now();
        long requested = System.nanoTime();
        BuildTrace trace = new BuildTrace();
        ClassicTrace output = new ClassicTrace();
        String id;
        try {
            if (command != null) {
                id = command.build(request.context(), query, trace);
            } else {
                BuildContext context = new BuildContext(request.context(), query.dockerfile());
                id = builder.equals(BUILDKIT)
                        ? DockerImages.send(context::writeGzip, body -> BuildKit.build(transport, body, query, trace))
                        : DockerImages.send(context::write, body -> classic(body, output));
            }
            if (id.isEmpty()) {
                throw new IOException("it ended without an image and without a word");
            }
        } catch (IOException | RuntimeException e) {
            throw failed(trace, output, e);
        }
        double millis = (System.nanoTime() - requested) / 1e6;
        Dockerfile dockerfile = dockerfile();
        List<BuildStep> steps =
                builder.equals(BUILDKIT) ? trace.steps(dockerfile, requestedAt) : output.steps(dockerfile, requested);
        return new BuiltImage(id, query.tag(), List.of(new BuildPart("build", 0, millis)), steps);
    }

    private String classic(InputStream context, ClassicTrace output) throws IOException {
        return BuildMessages.read(transport, query.path("1"), context, message -> {
            if (message.has("stream")) {
                output.add(message.path("stream").asText(), System.nanoTime());
            }
        });
    }

    private Dockerfile dockerfile() throws LaunchException {
        try {
            return Dockerfile.read(request.context().resolve(query.dockerfile()));
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "cannot read the run's own copy of " + query.dockerfile() + ": " + e.getMessage(),
                    e);
        }
    }

    private LaunchException failed(BuildTrace trace, ClassicTrace output, Exception e) throws LaunchException {
        Dockerfile dockerfile = dockerfile();
        FailedStep step = builder.equals(BUILDKIT) ? trace.failed(dockerfile) : output.last(dockerfile);
        return failure(query.dockerfile(), step, String.valueOf(e.getMessage()), e);
    }

    /** Says of a build that failed at which step, what the builder says, and what the step wrote last. */
    static LaunchException failure(
            String dockerfile, @Nullable FailedStep step, String reason, @Nullable Exception cause) {
        if (step == null || step.line() == 0) {
            return new LaunchException(
                    FailureKind.ENGINE,
                    "the build failed" + (step == null ? "" : " at " + step.text()) + ": " + reason.strip() + ". "
                            + EngineAdvice.LOG,
                    cause);
        }
        List<String> lines =
                step.output().stream().filter(line -> !line.isBlank()).toList();
        String tail = String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
        boolean full = HostFault.tellsOfFullDisk(tail) || HostFault.tellsOfFullDisk(reason);
        return new LaunchException(
                FailureKind.BUILD,
                Failure.withLastLine(
                        "the build failed at " + dockerfile + ":" + step.line() + ", " + step.text() + ": "
                                + reason.strip()
                                + (full
                                        ? ". Free space on the cache's disk"
                                        : ". Correct it there; steps have no network, so that they measure the same"
                                                + " each time"),
                        tail),
                cause);
    }

    @Override
    public List<Layer> layers(BuiltImage image) throws LaunchException {
        try {
            if (baseLayers < 0) {
                baseLayers = inspect(request.base().engineReference())
                        .path("RootFS")
                        .path("Layers")
                        .size();
            }
            JsonNode inspected = inspect(image.id());
            JsonNode ids = inspected.path("RootFS").path("Layers");
            List<Path> directories = directories(inspected.path("GraphDriver").path("Data"));
            List<Layer> layers = new ArrayList<>();
            for (int i = Math.min(baseLayers, ids.size()); i < ids.size(); i++) {
                Path directory = directories.size() == ids.size() ? directories.get(i) : null;
                if (directory == null) {
                    throw new IOException(
                            "it does not say where the layers of an image are, so its storage driver is not"
                                    + " overlay2");
                }
                layers.add(new Layer(ids.get(i).asText(), directory));
            }
            return layers;
        } catch (IOException | RuntimeException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "the engine does not tell of the image it built: " + e.getMessage(), e);
        }
    }

    private JsonNode inspect(String image) throws IOException {
        return send(DockerHttpClient.Request.Method.GET, "/images/" + image + "/json");
    }

    /** Returns the layers' directories, lowest first. */
    private static List<Path> directories(JsonNode overlay) {
        List<Path> directories = new ArrayList<>();
        if (overlay.has("UpperDir")) {
            directories.add(Path.of(overlay.path("UpperDir").asText()));
            String lower = overlay.path("LowerDir").asText("");
            for (String directory : lower.isEmpty() ? new String[0] : lower.split(":")) {
                directories.add(0, Path.of(directory));
            }
        }
        return directories;
    }

    @Override
    public ImageConfig config(BuiltImage image) throws LaunchException {
        try {
            return ImageConfigReader.runnable(inspect(image.id()).path("Config"), request.overrides());
        } catch (IOException | RuntimeException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot run the image that was built: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        try {
            removeBuilt();
        } catch (IOException | RuntimeException e) {
            // An engine that does not answer any more is removed with the lab; the next run's begins by pruning it.
        }
        if (command != null) {
            command.close();
        }
        DockerClients.close(transport);
        DockerClients.close(client);
    }
}
