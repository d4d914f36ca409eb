package dev.bench.docker;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.FileTrees;
import dev.bench.host.ProgramVersion;
import dev.bench.host.ResourceLimit;
import dev.bench.image.Dockerfile;
import dev.bench.image.ImageConfigReader;
import dev.bench.result.FailureKind;
import dev.bench.target.BuildPart;
import dev.bench.target.BuildRequest;
import dev.bench.target.BuiltImage;
import dev.bench.target.EngineBuilder;
import dev.bench.target.LaunchException;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Builds with {@code buildah}, in a store of the run's own; what is launched is loaded into the engine first.
 *
 * <p>Its mounts are in a mount namespace of each command's own, so that none outlives it.
 */
final class BuildahBuilds implements EngineBuilder {
    static final String BUILDAH = "buildah";

    private static final Duration TIMEOUT = Duration.ofMinutes(30);
    private static final String LOCAL = "localhost/";
    /** How many processes and open files it asks for where nothing else is said. */
    private static final long USUAL_LIMIT = 1 << 20;

    private static final int FIRST_THAT_ASKS = 40;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BuildRequest request;
    private final String dockerfile;
    private final String address;
    private final Path directory;
    private final String runtime;
    /** Asked for once: to ask a program for its version takes a build's own time. */
    private final List<String> limits = limits();

    private final List<String> bases = new ArrayList<>();
    private int baseLayers;

    private BuildahBuilds(BuildRequest request, String dockerfile, String address, Path directory, String runtime) {
        this.request = request;
        this.dockerfile = dockerfile;
        this.address = address;
        this.directory = directory;
        this.runtime = runtime;
    }

    /** Opens it beside the engine at an address; see {@link dev.bench.target.ImageEngine#builder}. */
    static BuildahBuilds open(String address, BuildRequest request, String target, String dockerfile)
            throws TargetException {
        Path directory = request.context().resolveSibling("buildah-" + request.name());
        // Its own choice would be crun, where there is one; the engine's steps run under runc.
        String runtime = Executables.find("runc").map(Path::toString).orElse("runc");
        BuildahBuilds builds = new BuildahBuilds(request, dockerfile, address, directory, runtime);
        try {
            Files.createDirectories(directory);
            Files.writeString(
                    directory.resolve("policy.json"), "{\"default\": [{\"type\": \"insecureAcceptAnything\"}]}");
            builds.bringBases();
            return builds;
        } catch (IOException e) {
            builds.close();
            throw new TargetException(
                    target,
                    "cannot build " + dockerfile + " with buildah: " + e.getMessage(),
                    "Check that the package buildah is installed, and that the engine has or can pull the base",
                    e);
        }
    }

    private void bringBases() throws IOException {
        Path archive = directory.resolve("base.tar");
        try (DockerImages images = new DockerImages(address)) {
            Dockerfile instructions = Dockerfile.read(request.context().resolve(dockerfile));
            List<String> builtOn = instructions.bases(request.arguments());
            for (String base : instructions.images(request.arguments())) {
                images.require(base);
                images.save(base, archive);
                String id = last(run(List.of("pull", "--quiet", "docker-archive:" + archive)));
                Files.delete(archive);
                run(List.of("tag", id, LOCAL + base));
                bases.add(id);
                if (base.equals(request.base().engineReference()) || (bases.size() == 1 && builtOn.contains(base))) {
                    baseLayers = layerIds(inspect(id)).size();
                }
            }
        }
    }

    private static String last(String output) {
        String text = output.strip();
        return text.substring(text.lastIndexOf('\n') + 1).strip();
    }

    /** Gives its containers no more than this process may have: newer ones ask for more, which some hosts refuse. */
    private static List<String> limits() {
        List<String> options = new ArrayList<>();
        if (!asksForMore(ProgramVersion.of(BUILDAH).known().orElse(""))) {
            return options;
        }
        for (ResourceLimit limit : ResourceLimit.inherited()) {
            String name = limit.resource() == ResourceLimit.OPEN_FILES
                    ? "nofile"
                    : limit.resource() == ResourceLimit.PROCESSES ? "nproc" : "";
            if (!name.isEmpty() && limit.hard() != ResourceLimit.NONE && limit.hard() < USUAL_LIMIT) {
                options.addAll(List.of("--ulimit", name + "=" + limit.hard() + ":" + limit.hard()));
            }
        }
        return options;
    }

    /** Tells whether a version raises limits by itself: 1.28 and 1.39 do not, and the former fails where it is told them. */
    static boolean asksForMore(String version) {
        return ProgramVersion.isAtLeast(version, 1, FIRST_THAT_ASKS);
    }

    private List<String> command(List<String> arguments) {
        List<String> command = new ArrayList<>(List.of(
                "unshare",
                "--mount",
                "--propagation",
                "private",
                "--",
                BUILDAH,
                "--root",
                directory.resolve("store").toString(),
                "--runroot",
                directory.resolve("run").toString(),
                "--storage-driver",
                "overlay"));
        command.add(arguments.get(0));
        if (List.of("bud", "pull", "push").contains(arguments.get(0))) {
            command.add("--signature-policy");
            command.add(directory.resolve("policy.json").toString());
        }
        command.addAll(arguments.subList(1, arguments.size()));
        return command;
    }

    private String run(List<String> arguments) throws IOException {
        Commands.Ended ended = Commands.run(TIMEOUT, command(arguments));
        if (ended.status() != 0) {
            throw new IOException("buildah " + arguments.get(0) + " ended with status " + ended.status() + ": "
                    + ended.tail().replace("\n", " | "));
        }
        return ended.output();
    }

    private JsonNode inspect(String image) throws IOException {
        return JSON.readTree(run(List.of("inspect", "--type", "image", image)));
    }

    private static List<String> layerIds(JsonNode inspected) {
        List<String> ids = new ArrayList<>();
        inspected.path("OCIv1").path("rootfs").path("diff_ids").forEach(id -> ids.add(id.asText()));
        return ids;
    }

    @Override
    public void reset() throws LaunchException {
        try {
            for (String left = built(); !left.isEmpty(); left = built()) {
                run(List.of("rmi", "--force", left));
            }
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot empty buildah's store: " + e.getMessage() + ". Run `bench doctor`", e);
        }
    }

    /** Returns one of the images that are no base; empty where there is none, and so no cache. */
    private String built() throws IOException {
        return run(List.of("images", "--all", "--quiet", "--no-trunc"))
                .lines()
                .map(line -> line.strip().replace("sha256:", ""))
                .filter(id -> !id.isEmpty() && bases.stream().noneMatch(base -> base.contains(id)))
                .findFirst()
                .orElse("");
    }

    @Override
    public BuiltImage build() throws LaunchException {
        long requested = System.nanoTime();
        ClassicTrace trace = new ClassicTrace();
        Path id = directory.resolve("id");
        List<String> arguments = new ArrayList<>(List.of(
                "bud",
                "--layers",
                "--pull-never",
                "--network",
                "none",
                "--iidfile",
                id.toString(),
                "--file",
                request.context().resolve(dockerfile).toString(),
                "--tag",
                LOCAL + DockerBuilds.REPOSITORY + ":" + request.name()));
        arguments.addAll(limits);
        request.arguments()
                .forEach((name, value) -> arguments.addAll(List.of("--build-arg", name + "=" + LOCAL + value)));
        arguments.add(request.context().toString());
        try {
            Dockerfile instructions = Dockerfile.read(request.context().resolve(dockerfile));
            Commands.Ended ended = Commands.run(
                    TIMEOUT,
                    null,
                    Map.of("BUILDAH_RUNTIME", runtime),
                    command(arguments),
                    line -> trace.add(line, System.nanoTime()));
            if (ended.status() != 0) {
                throw DockerBuilds.failure(
                        dockerfile,
                        trace.last(instructions),
                        "buildah ended with status " + ended.status(),
                        new IOException(ended.tail()));
            }
            double millis = (System.nanoTime() - requested) / 1e6;
            return new BuiltImage(
                    Files.readString(id).strip(),
                    DockerBuilds.REPOSITORY + ":" + request.name(),
                    List.of(new BuildPart("build", 0, millis)),
                    trace.steps(instructions, requested));
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot build with buildah: " + e.getMessage() + ". Run `bench doctor`", e);
        }
    }

    @Override
    public List<Layer> layers(BuiltImage image) throws LaunchException {
        try {
            Map<String, Path> directories = new HashMap<>();
            Path store = directory.resolve("store");
            for (JsonNode layer : JSON.readTree(
                    store.resolve("overlay-layers").resolve("layers.json").toFile())) {
                directories.put(
                        layer.path("diff-digest").asText(),
                        store.resolve("overlay")
                                .resolve(layer.path("id").asText())
                                .resolve("diff"));
            }
            List<String> ids = layerIds(inspect(image.id()));
            return ids.subList(Math.min(baseLayers, ids.size()), ids.size()).stream()
                    .map(id -> new Layer(id, directories.get(id)))
                    .toList();
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "buildah does not tell of the image it built: " + e.getMessage(), e);
        }
    }

    /** Loads the image into the engine, too: it is asked for where an instance is to be launched. */
    @Override
    public ImageConfig config(BuiltImage image) throws LaunchException {
        try {
            load(image);
            return ImageConfigReader.runnable(inspect(image.id()).path("OCIv1").path("config"), request.overrides());
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot run the image that was built: " + e.getMessage(), e);
        }
    }

    private void load(BuiltImage image) throws IOException {
        Path archive = directory.resolve("built.tar");
        try (DockerImages images = new DockerImages(address)) {
            Files.deleteIfExists(archive);
            run(List.of("push", "--quiet", image.id(), "docker-archive:" + archive + ":" + image.reference()));
            images.load(archive);
        } finally {
            Files.deleteIfExists(archive);
        }
    }

    @Override
    public void close() {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // The lab removes all that is left in its directory.
        }
    }
}
