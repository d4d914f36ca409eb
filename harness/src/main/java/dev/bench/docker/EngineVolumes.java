package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import java.nio.file.Path;
import java.util.Map;

/** Makes and removes named volumes of a run, and looks for others. Stateless. */
final class EngineVolumes {
    private EngineVolumes() {}

    /**
     * Makes a volume.
     *
     * @throws LaunchException where the engine does not
     */
    static void create(DockerClient client, String runId, String name) throws LaunchException {
        create(client, runId, name, Map.of());
    }

    /**
     * Makes a volume whose data is in a directory.
     *
     * @param directory as the engine sees it
     * @throws LaunchException where the engine does not
     */
    static void create(DockerClient client, String runId, String name, Path directory) throws LaunchException {
        create(client, runId, name, Map.of("type", "none", "o", "bind", "device", directory.toString()));
    }

    private static void create(DockerClient client, String runId, String name, Map<String, String> options)
            throws LaunchException {
        try {
            client.createVolumeCmd()
                    .withName(name)
                    .withDriverOpts(options)
                    .withLabels(Map.of(RunLabel.KEY, runId))
                    .exec();
        } catch (RuntimeException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the engine could not make a volume: "
                            + String.valueOf(e.getMessage()).strip() + ". " + EngineAdvice.LOG,
                    e);
        }
    }

    /**
     * Finds a volume that nobody here has made.
     *
     * @throws LaunchException where the engine has none of that name
     */
    static void require(DockerClient client, String name) throws LaunchException {
        try {
            client.inspectVolumeCmd(name).exec();
        } catch (NotFoundException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the engine has no volume " + name + ", which the Compose file calls external. Make it there, or"
                            + " leave external out",
                    e);
        } catch (RuntimeException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the engine could not look for the volume " + name + ": "
                            + String.valueOf(e.getMessage()).strip() + ". " + EngineAdvice.LOG,
                    e);
        }
    }

    /** Removes a volume; never throws, since the run's end removes it once more, and reports. */
    static void remove(DockerClient client, String name) {
        try {
            client.removeVolumeCmd(name).exec();
        } catch (NotFoundException e) {
            // Gone already, which is what was wanted.
        } catch (RuntimeException e) {
            // The run's end is told of it.
        }
    }
}
