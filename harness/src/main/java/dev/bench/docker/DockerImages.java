package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.BuildImageResultCallback;
import com.github.dockerjava.api.command.LoadImageCallback;
import com.github.dockerjava.api.command.PullImageResultCallback;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.BuildResponseItem;
import dev.bench.image.EngineImages;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Keeps images in a Docker engine. Used by one thread at a time. */
public final class DockerImages implements EngineImages, AutoCloseable {
    private static final int SHOWN_LINES = 12;

    private final String dockerHost;
    private final DockerClient client;

    /** Connects to the engine at a URI. */
    public DockerImages(String dockerHost) {
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

    @Override
    public String build(Path contextDirectory, String tag) throws IOException {
        List<String> log = new ArrayList<>();
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
            client.buildImageCmd(contextDirectory.toFile())
                    .withTags(Set.of(tag))
                    .exec(callback);
            callback.awaitImageId();
            return id(tag);
        } catch (RuntimeException e) {
            log.removeIf(String::isEmpty);
            String tail = String.join("\n", log.subList(Math.max(0, log.size() - SHOWN_LINES), log.size()));
            throw new IOException(
                    "the engine at " + dockerHost + " cannot build " + contextDirectory + ": " + e.getMessage() + "\n"
                            + tail,
                    e);
        }
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
        try {
            client.close();
        } catch (IOException e) {
            // Nothing is left to be told to an engine that is done with.
        }
    }
}
