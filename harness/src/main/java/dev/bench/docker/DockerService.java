package dev.bench.docker;

import dev.bench.result.ResultStore;
import dev.bench.target.LabException;
import dev.bench.target.LabService;
import dev.bench.target.LabSite;
import dev.bench.target.StartMode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves the container engine of a lab, its own or an existing one, with the lab's network in it. */
final class DockerService implements LabService {
    /** The directory of the cache that a lab's own engine keeps its data in. */
    private static final String DATA = "docker";

    private final String address;
    private final DockerNetwork network;
    private final @Nullable PrivateDocker engine;
    private final @Nullable PrivateDocker rootless;

    private DockerService(
            String address, DockerNetwork network, @Nullable PrivateDocker engine, @Nullable PrivateDocker rootless) {
        this.address = address;
        this.network = network;
        this.engine = engine;
        this.rootless = rootless;
    }

    static LabService start(LabSite site) throws IOException, LabException {
        String endpoint = site.endpoint();
        if (endpoint != null) {
            return new DockerService(endpoint, network(endpoint, site), null, null);
        }
        boolean saves = site.targets().stream().anyMatch(target -> StartMode.of(target) == StartMode.RESTORE);
        PrivateDocker engine = PrivateDocker.start(
                site.directory(),
                site.runId(),
                dataRoot(site.cacheDirectory()),
                site.enter(),
                saves ? copies(site.cacheDirectory(), site.runId()) : null);
        try {
            String address = PrivateDocker.address(site.directory());
            // What a killed run left in the engine's data, which the engine takes up again when it starts.
            DockerLeftovers.removeLabelled(address, RunLabel.KEY);
            DockerNetwork network = network(address, site);
            return new DockerService(address, network, engine, rootless(site));
        } catch (IOException | LabException e) {
            engine.close();
            throw e;
        }
    }

    /** Starts the rootless engine, with the lab's network in it, where a target is launched by it. */
    private static @Nullable PrivateDocker rootless(LabSite site) throws IOException, LabException {
        if (site.targets().stream().noneMatch(DockerDriver::isRootless)) {
            return null;
        }
        PrivateDocker engine = RootlessDocker.start(site);
        try {
            DockerNetwork.createConnected(
                    RootlessDocker.address(site.directory()), site.runId(), site.bridge(), site.network());
            return engine;
        } catch (IOException e) {
            engine.close();
            throw e;
        }
    }

    private static DockerNetwork network(String address, LabSite site) throws IOException {
        return DockerNetwork.create(address, site.runId(), site.bridge(), site.network());
    }

    /** Returns where a lab's own engine keeps its images. */
    static Path dataRoot(Path cacheDirectory) {
        return cacheDirectory.resolve(DATA);
    }

    /** Returns where containerd leaves its copies of checkpoints: beside what the run's instances keep on disk. */
    static Path copies(Path cacheDirectory, String runId) {
        return cacheDirectory.resolve("runs").resolve(runId).resolve("checkpoints");
    }

    @Override
    public String address() {
        return address;
    }

    @Override
    public Map<String, Path> logs() {
        Map<String, Path> logs = new LinkedHashMap<>();
        if (engine != null) {
            logs.put(ResultStore.ENGINE_LOG, engine.log());
        }
        if (rootless != null) {
            logs.put("rootless-" + ResultStore.ENGINE_LOG, rootless.log());
        }
        return logs;
    }

    @Override
    public void close() {
        if (rootless != null) {
            rootless.close();
        }
        network.close();
        if (engine != null) {
            engine.close();
        }
    }
}
