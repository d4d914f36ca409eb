package dev.bench.registry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.host.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Moves blobs and manifests to and from one repository of a registry (OCI Distribution Specification 1.0). Safe for use by
 * several threads, each of whose interrupts ends what it waits for.
 */
public final class RegistryClient {
    private static final String MANIFEST = "application/vnd.oci.image.manifest.v1+json";
    private static final Duration CONNECT = Duration.ofSeconds(10);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .proxy(HttpClient.Builder.NO_PROXY)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private final URI repository;

    /**
     * Creates a client; nothing is asked yet.
     *
     * @param server as {@code HOST:PORT}, asked without TLS
     * @param repository name of the repository
     */
    public RegistryClient(String server, String repository) {
        this.repository = URI.create("http://" + server + "/v2/" + repository + "/");
    }

    /** Returns whether the repository has a blob. */
    boolean hasBlob(String digest) throws IOException {
        HttpRequest request = request("blobs/" + digest)
                .method("HEAD", BodyPublishers.noBody())
                .build();
        HttpResponse<Void> answer = send(request, BodyHandlers.discarding());
        if (answer.statusCode() == 404) {
            return false;
        }
        require(answer.statusCode() == 200, "look up a blob", answer.statusCode(), "");
        return true;
    }

    /** Stores a blob under its digest. */
    void putBlob(String digest, byte[] content) throws IOException {
        putBlob(digest, BodyPublishers.ofByteArray(content));
    }

    /** Stores a file as a blob. */
    void putBlob(String digest, Path file) throws IOException {
        putBlob(digest, BodyPublishers.ofFile(file));
    }

    private void putBlob(String digest, BodyPublisher content) throws IOException {
        HttpResponse<String> begun =
                send(request("blobs/uploads/").POST(BodyPublishers.noBody()).build(), BodyHandlers.ofString());
        require(begun.statusCode() == 202, "take a blob", begun.statusCode(), begun.body());
        String location = begun.headers()
                .firstValue("Location")
                .orElseThrow(() -> new RegistryException("the registry does not say where a blob is to be sent"));
        URI upload = URI.create(repository.resolve(location) + (location.contains("?") ? "&" : "?") + "digest="
                + digest.replace(":", "%3A"));
        HttpRequest request = HttpRequest.newBuilder(upload)
                .header("Content-Type", "application/octet-stream")
                .PUT(content)
                .build();
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        require(answer.statusCode() == 201, "store a blob", answer.statusCode(), answer.body());
    }

    /** Returns a blob's content, which the caller closes. */
    InputStream blob(String digest) throws IOException {
        HttpResponse<InputStream> answer = send(request("blobs/" + digest).GET().build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            try (InputStream body = answer.body()) {
                require(false, "give the blob " + digest, answer.statusCode(), text(body));
            }
        }
        return answer.body();
    }

    /** Stores a manifest, whose blobs are there already, under a tag. */
    void putManifest(String tag, byte[] manifest) throws IOException {
        HttpRequest request = request("manifests/" + tag)
                .header("Content-Type", MANIFEST)
                .PUT(BodyPublishers.ofByteArray(manifest))
                .build();
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        require(answer.statusCode() == 201, "store the manifest " + tag, answer.statusCode(), answer.body());
    }

    /** Returns the manifest of a tag; empty where there is none. */
    Optional<byte[]> manifest(String tag) throws IOException {
        HttpRequest request =
                request("manifests/" + tag).header("Accept", MANIFEST).GET().build();
        HttpResponse<byte[]> answer = send(request, BodyHandlers.ofByteArray());
        if (answer.statusCode() == 404) {
            return Optional.empty();
        }
        require(
                answer.statusCode() == 200,
                "give the manifest " + tag,
                answer.statusCode(),
                new String(answer.body(), StandardCharsets.UTF_8));
        return Optional.of(answer.body());
    }

    /** Returns the tags that there are; none where nothing is stored in the repository. */
    List<String> tags() throws IOException {
        HttpResponse<String> answer = send(request("tags/list").GET().build(), BodyHandlers.ofString());
        if (answer.statusCode() == 404) {
            return List.of();
        }
        require(answer.statusCode() == 200, "list the tags", answer.statusCode(), answer.body());
        List<String> tags = new ArrayList<>();
        JSON.readTree(answer.body()).path("tags").forEach(tag -> tags.add(tag.asText()));
        return tags;
    }

    /**
     * Removes a tag's manifest with its blobs, whoever stored them; does nothing where there is none.
     *
     * @throws RegistryException where the registry does not let anything be removed
     */
    void remove(String tag) throws IOException {
        HttpRequest request = request("manifests/" + tag)
                .header("Accept", MANIFEST + ", application/vnd.docker.distribution.manifest.v2+json")
                .GET()
                .build();
        HttpResponse<String> answer = send(request, BodyHandlers.ofString());
        if (answer.statusCode() == 404) {
            return;
        }
        require(answer.statusCode() == 200, "give the manifest " + tag, answer.statusCode(), answer.body());
        JsonNode manifest = JSON.readTree(answer.body());
        Set<String> blobs = new LinkedHashSet<>();
        blobs.add(manifest.path("config").path("digest").asText());
        manifest.path("layers").forEach(layer -> blobs.add(layer.path("digest").asText()));
        delete("manifests/"
                + answer.headers().firstValue("Docker-Content-Digest").orElse(tag));
        for (String blob : blobs) {
            delete("blobs/" + blob);
        }
    }

    /**
     * Checks that it is a registry which asks for no password and lets what is stored be removed. It tells the latter only of
     * what is there, so that an empty object is stored for it, and stays where it may not be removed.
     *
     * @throws RegistryException where it is not, in its own words
     */
    void requireRemovals() throws IOException {
        HttpResponse<String> answer =
                send(HttpRequest.newBuilder(repository.resolve("/v2/")).GET().build(), BodyHandlers.ofString());
        require(answer.statusCode() == 200, "let anyone in over plain HTTP", answer.statusCode(), answer.body());
        byte[] nothing = "{}".getBytes(StandardCharsets.UTF_8);
        String digest = "sha256:" + Sha256.of(nothing);
        putBlob(digest, nothing);
        delete("blobs/" + digest);
    }

    private void delete(String path) throws IOException {
        HttpResponse<String> answer = send(request(path).DELETE().build(), BodyHandlers.ofString());
        require(
                answer.statusCode() == 202 || answer.statusCode() == 404,
                "let what is stored be removed",
                answer.statusCode(),
                answer.body());
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(repository.resolve(path));
    }

    private <T> HttpResponse<T> send(HttpRequest request, HttpResponse.BodyHandler<T> body) throws IOException {
        try {
            return http.send(request, body);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for the registry");
        } catch (ConnectException e) {
            // It has no message.
            throw new RegistryException("no registry answers at " + repository.getAuthority());
        }
    }

    private static String text(InputStream body) throws IOException {
        return new String(body.readNBytes(1 << 16), StandardCharsets.UTF_8);
    }

    private void require(boolean done, String what, int status, String body) throws RegistryException {
        if (!done) {
            throw new RegistryException("the registry at " + repository.getAuthority() + " does not " + what
                    + ": status " + status + said(body));
        }
    }

    /** Returns what a registry says of an error, which it writes as JSON; empty where it says nothing. */
    private static String said(String body) {
        try {
            JsonNode error = JSON.readTree(body).path("errors").path(0);
            String detail = error.path("detail").path("Err").asText("");
            String message = error.path("message").asText("");
            return message.isEmpty() ? "" : ", " + message + (detail.isEmpty() ? "" : " (" + detail + ")");
        } catch (IOException e) {
            return body.isBlank() ? "" : ", " + body.strip();
        }
    }
}
