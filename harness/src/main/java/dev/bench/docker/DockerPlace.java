package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Volume;
import dev.bench.host.FileTrees;
import dev.bench.image.LoopFileSystem;
import dev.bench.result.FailureKind;
import dev.bench.target.Event;
import dev.bench.target.Instance;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OptionFault;
import dev.bench.target.OptionSpec;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Is where containers keep data: their writable layer, or what is mounted over it. */
final class DockerPlace implements Place {
    static final String KEY = "place";
    private static final String LAYER = "layer";
    private static final String VOLUME = "volume";
    private static final String BIND = "bind";
    private static final String TMPFS = "tmpfs";

    static final OptionSpec OPTION = new OptionSpec(
            KEY,
            OptionSpec.Type.CHOICE,
            List.of(LAYER, VOLUME, BIND, TMPFS),
            LAYER,
            "Where data is kept, where storage is measured: in the writable layer, in a named volume, in a directory of"
                    + " the host, or in memory.");

    /** What the program itself takes of a container's memory. */
    private static final long PROGRAM_BYTES = 96L << 20;

    /** What a file system in memory needs beside the data itself. */
    private static final long TMPFS_HEADROOM = 32L << 20;

    private final DockerTarget target;
    private final PlaceRequest request;
    private final LabView lab;
    private final String kind;
    private final Path directory;
    /** One of its own: connections of before are of no use once an engine was started anew. */
    private DockerClient client;

    private @Nullable LoopFileSystem fileSystem;

    private DockerPlace(DockerTarget target, PlaceRequest request, LabView lab) {
        this.target = target;
        this.request = request;
        this.lab = lab;
        this.kind = target.definition().option(KEY);
        this.directory = lab.workDirectory().resolve("place-" + request.name());
        this.client = connect();
    }

    private DockerClient connect() {
        return DockerClients.within(DockerClients.ANSWER, lab.service(DockerDriver.KEY));
    }

    /** Makes a place for containers that a target launches. */
    static DockerPlace open(DockerTarget target, PlaceRequest request, LabView lab) throws LaunchException {
        DockerPlace place = new DockerPlace(target, request, lab);
        try {
            place.make();
            return place;
        } catch (LaunchException e) {
            place.close();
            throw e;
        } catch (IOException e) {
            place.close();
            throw new LaunchException(FailureKind.ENGINE, "cannot make " + place.directory + ": " + e.getMessage(), e);
        }
    }

    private void make() throws IOException, LaunchException {
        boolean volume = kind.equals(VOLUME);
        boolean bind = kind.equals(BIND);
        // A file system in memory is new with every container anyway.
        if (request.fresh() && (volume || bind)) {
            fileSystem = LoopFileSystem.make(directory, request.bytes(), target.entering());
            if (volume) {
                EngineVolumes.create(client, lab.runId(), request.name(), directory);
            }
        } else if (volume) {
            EngineVolumes.create(client, lab.runId(), request.name());
        } else if (bind) {
            Files.createDirectories(directory);
        }
    }

    /** Returns what keeps it from being a file system of its trial. */
    static Optional<OptionFault> notFresh(TargetDefinition definition) {
        return definition.option(KEY).equals(LAYER)
                ? Optional.of(OptionFault.notFresh(KEY, LAYER, "volume, bind or tmpfs"))
                : Optional.empty();
    }

    /** Says why a host or an engine keeps it from being that. */
    static Optional<String> notFresh(TargetDefinition definition, boolean existing) {
        if (definition.option(KEY).equals(TMPFS)) {
            return Optional.empty();
        }
        return existing
                ? Optional.of("what is mounted for a trial is not seen by an existing engine; leave --docker-host and"
                        + " DOCKER_HOST unset")
                : LoopFileSystem.problem();
    }

    /** Returns how much data it can hold: what is kept in memory counts as the container's. */
    static long capacity(TargetDefinition definition, Limits limits) {
        return definition.option(KEY).equals(TMPFS) ? limits.memoryBytes() - PROGRAM_BYTES : Long.MAX_VALUE;
    }

    /** Mounts it into a container that is about to be created. */
    void attach(HostConfig hostConfig) {
        Volume inside = new Volume(DIRECTORY);
        switch (kind) {
            case VOLUME -> hostConfig.withBinds(new Bind(request.name(), inside, AccessMode.rw));
            case BIND -> hostConfig.withBinds(new Bind(directory.toString(), inside, AccessMode.rw));
            case TMPFS -> hostConfig.withTmpFs(Map.of(DIRECTORY, "size=" + (request.bytes() + TMPFS_HEADROOM)));
            default -> {
                // The layer is there by itself.
            }
        }
    }

    @Override
    public String describe() {
        return words() + (fileSystem == null ? "" : LoopFileSystem.IN_WORDS);
    }

    private String words() {
        return switch (kind) {
            case VOLUME -> "a named volume of the engine's local driver";
            case BIND -> "a directory of the host, bound";
            case TMPFS -> "a file system in memory";
            default -> "the container's writable layer";
        };
    }

    @Override
    public boolean isRoot() {
        return kind.equals(LAYER);
    }

    @Override
    public Target target(List<String> argv) {
        return target.with(this, argv, client);
    }

    @Override
    public List<Path> below() {
        return fileSystem == null ? List.of() : List.of(fileSystem.file());
    }

    @Override
    public Optional<Instance> after(Event event, Instance ended, Target launcher, LaunchRequest request)
            throws LaunchException {
        DockerInstance container = (DockerInstance) ended;
        DockerTarget containers = (DockerTarget) launcher;
        switch (event) {
            case RESTART -> {
                return Optional.of(renewed(containers).again(container, request));
            }
            case REBOOT -> {
                return reboot(containers)
                        ? Optional.of(renewed(containers).again(container, request))
                        : Optional.empty();
            }
            case REMOVAL -> container.removeWithoutVolumes();
            case REMOVAL_WITH_VOLUMES -> container.close();
        }
        return Optional.of(renewed(containers).launch(request, new PhaseRecorder()));
    }

    private boolean reboot(DockerTarget containers) throws LaunchException {
        if (!containers.replaceEngine()) {
            return false;
        }
        DockerClients.close(client);
        client = connect();
        if (fileSystem != null) {
            try {
                fileSystem.mountAgain(target.entering());
            } catch (IOException e) {
                throw new LaunchException(FailureKind.ENGINE, "cannot mount a place again: " + e.getMessage(), e);
            }
        }
        return true;
    }

    private DockerTarget renewed(DockerTarget containers) {
        return containers.by(client);
    }

    @Override
    public void close() {
        try {
            if (kind.equals(VOLUME)) {
                EngineVolumes.remove(client, request.name());
            }
            if (fileSystem != null) {
                fileSystem.close();
            } else if (kind.equals(BIND)) {
                FileTrees.delete(directory);
            }
        } catch (IOException e) {
            // The run's end removes it once more, and reports.
        } finally {
            DockerClients.close(client);
        }
    }
}
