package dev.bench.docker;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageCmd;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.LoadImageCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import com.github.dockerjava.transport.DockerHttpClient;
import dev.bench.image.BuildContext;
import dev.bench.image.EngineImages;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.Pipe;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Keeps images in a Docker engine. Used by one thread at a time. */
final class DockerImages implements EngineImages {
    private static final int SHOWN_LINES = 12;
    /** What the classic builder says of a Dockerfile that is not for it, before its first step. */
    private static final Pattern NEEDS_BUILDKIT =
            Pattern.compile("(?i)buildkit|parse error|unknown flag|unknown instruction|failed to parse platform");
    /** Arguments that only BuildKit sets; the classic builder takes them for empty without a word. */
    private static final Pattern PLATFORM_ARGUMENT = Pattern.compile("\\b(TARGET|BUILD)(PLATFORM|ARCH|OS|VARIANT)\\b");

    private final String dockerHost;
    private final DockerClient client;

    /** Connects to the engine at a URI. */
    DockerImages(String dockerHost) {
        this.dockerHost = dockerHost;
        this.client = DockerClients.patient(dockerHost);
    }

    @Override
    public boolean has(String reference) throws IOException {
        try {
            client.inspectImageCmd(reference).exec();
            return true;
        } catch (NotFoundException e) {
            return false;
        } catch (RuntimeException e) {
            throw failed("look up", reference, e);
        }
    }

    @Override
    public String id(String reference) throws IOException {
        try {
            return String.valueOf(client.inspectImageCmd(reference).exec().getId());
        } catch (RuntimeException e) {
            throw failed("look up", reference, e);
        }
    }

    @Override
    public void pull(String reference) throws IOException {
        try {
            boolean tagged = reference.contains("@") || reference.lastIndexOf(':') > reference.lastIndexOf('/');
            client.pullImageCmd(tagged ? reference : reference + ":latest")
                    .exec(new PullImageResultCallback())
                    .awaitCompletion();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while pulling " + reference, e);
        } catch (RuntimeException e) {
            throw failed("pull", reference, e);
        }
    }

    /** Pulls an image that the engine does not have yet. */
    void require(String reference) throws IOException {
        if (!has(reference)) {
            pull(reference);
        }
    }

    @Override
    public String build(Path contextDirectory, ImageSource.Dockerfile.Recipe recipe, String tag) throws IOException {
        BuildContext context = new BuildContext(contextDirectory, recipe.file());
        String text = Files.readString(contextDirectory.resolve(recipe.file()), ISO_8859_1);
        List<String> log = new ArrayList<>();
        IOException classic = null;
        if (context.hidesDockerfile() || !PLATFORM_ARGUMENT.matcher(text).find()) {
            try {
                return classicBuild(context, recipe, tag, log);
            } catch (IOException e) {
                if (!NEEDS_BUILDKIT.matcher(String.valueOf(e.getMessage())).find()) {
                    throw buildFailed(contextDirectory, log, e, "");
                }
                if (context.hidesDockerfile()) {
                    throw buildFailed(
                            contextDirectory,
                            log,
                            e,
                            ". It needs BuildKit, which cannot hide a Dockerfile that .dockerignore leaves out: take"
                                    + " Dockerfile out of .dockerignore");
                }
                classic = e;
            }
        }
        log.clear();
        try {
            String network =
                    client.listNetworksCmd().withNameFilter("bridge").exec().isEmpty() ? "none" : "";
            BuildQuery query = new BuildQuery(tag, recipe.file(), recipe.target(), network, recipe.arguments());
            BuildTrace trace = new BuildTrace();
            try (DockerHttpClient transport = DockerClients.transport(dockerHost)) {
                send(context::writeGzip, body -> BuildKit.build(transport, body, query, trace));
            } finally {
                log.addAll(trace.lines());
            }
            return id(tag);
        } catch (IOException | RuntimeException e) {
            throw buildFailed(
                    contextDirectory,
                    log,
                    e,
                    classic == null
                            ? ""
                            : ". Its classic builder says: " + classic.getMessage()
                                    + ". An instruction that neither knows, such as a here-document, needs a newer engine:"
                                    + " Docker 23 or later");
        }
    }

    private String classicBuild(
            BuildContext context, ImageSource.Dockerfile.Recipe recipe, String tag, List<String> log)
            throws IOException {
        BuildImageResultCallback callback = new BuildImageResultCallback() {
            @Override
            public void onNext(BuildResponseItem item) {
                if (item.getStream() != null) {
                    log.add(item.getStream().strip());
                }
                super.onNext(item);
            }
        };
        try {
            send(context::write, body -> {
                BuildImageCmd command =
                        client.buildImageCmd(body).withTags(Set.of(tag)).withForcerm(true);
                command.withDockerfilePath(recipe.file());
                if (!recipe.target().isEmpty()) {
                    command.withTarget(recipe.target());
                }
                recipe.arguments().forEach(command::withBuildArg);
                return command.exec(callback).awaitImageId();
            });
        } catch (RuntimeException e) {
            throw new IOException(e.getMessage(), e);
        }
        return id(tag);
    }

    /** Sends a request with a body, and returns the ID of the image that is built of it. */
    interface Sending {
        String send(InputStream body) throws IOException;
    }

    /** Writes what is sent. */
    interface Packing {
        void write(OutputStream out) throws IOException;
    }

    /**
     * Sends a build context while it is packed; what goes wrong with the packing is the reason of whatever follows. Between
     * the two is the kernel's pipe: Java's own lets its reader sleep until the buffer is full.
     */
    static String send(Packing context, Sending sending) throws IOException {
        AtomicReference<@Nullable IOException> unpacked = new AtomicReference<>();
        Pipe pipe = Pipe.open();
        try (InputStream body = Channels.newInputStream(pipe.source())) {
            Thread packing = new Thread(
                    () -> {
                        try (OutputStream out = Channels.newOutputStream(pipe.sink())) {
                            context.write(out);
                        } catch (IOException e) {
                            unpacked.set(e);
                        }
                    },
                    "build-context");
            packing.setDaemon(true);
            packing.start();
            try {
                return sending.send(body);
            } catch (IOException | RuntimeException e) {
                IOException reason = unpacked.get();
                if (reason instanceof FileSystemException) {
                    throw reason;
                }
                throw e;
            }
        }
    }

    private IOException buildFailed(Path contextDirectory, List<String> log, Exception e, String remedy) {
        log.removeIf(String::isEmpty);
        String tail = String.join("\n", log.subList(Math.max(0, log.size() - SHOWN_LINES), log.size()));
        return new IOException(
                "the engine at " + dockerHost + " cannot build " + contextDirectory + ": " + e.getMessage() + remedy
                        + "\n" + tail,
                e);
    }

    @Override
    public void save(String reference, Path archive) throws IOException {
        try (InputStream input = client.saveImageCmd(reference).exec()) {
            Files.copy(input, archive, StandardCopyOption.REPLACE_EXISTING);
        } catch (RuntimeException e) {
            throw failed("save", reference, e);
        }
    }

    @Override
    public void load(Path archive) throws IOException {
        try (InputStream input = Files.newInputStream(archive)) {
            // the answer begins with success, and what the engine refuses stands in the stream that follows
            client.loadImageAsyncCmd(input).exec(new LoadImageCallback()).awaitMessage();
        } catch (RuntimeException e) {
            throw failed("load", archive.toString(), e);
        }
    }

    @Override
    public void tag(String reference, String newReference) throws IOException {
        int colon = newReference.lastIndexOf(':');
        try {
            client.tagImageCmd(reference, newReference.substring(0, colon), newReference.substring(colon + 1))
                    .exec();
        } catch (RuntimeException e) {
            throw failed("tag", reference, e);
        }
    }

    private IOException failed(String what, String image, RuntimeException e) {
        return new IOException(
                "the container engine at " + dockerHost + " cannot " + what + " " + image + ": " + e.getMessage(), e);
    }

    @Override
    public void close() {
        DockerClients.close(client);
    }
}
