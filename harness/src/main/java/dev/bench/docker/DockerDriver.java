package dev.bench.docker;

import dev.bench.host.Capability;
import dev.bench.host.ProgramVersion;
import dev.bench.host.SystemFiles;
import dev.bench.result.TargetKind;
import dev.bench.target.DriverPackages;
import dev.bench.target.Endpoint;
import dev.bench.target.Examination;
import dev.bench.target.Faculty;
import dev.bench.target.HostChecks;
import dev.bench.target.ImageBuilder;
import dev.bench.target.ImageEngine;
import dev.bench.target.LabService;
import dev.bench.target.LabView;
import dev.bench.target.LeftoverRemoval;
import dev.bench.target.OptionFault;
import dev.bench.target.OptionSpec;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.target.TargetException;
import dev.bench.target.TypicalStart;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Stack;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Opens targets on a Docker engine, or on any engine that speaks its API. */
public final class DockerDriver implements TargetDriver {
    static final String KEY = "docker";
    static final String RUNTIME = "runtime";
    private static final String RUNC = "runc";
    private static final List<String> RUNTIMES = Stream.concat(
                    Stream.of(RUNC), Arrays.stream(OtherRuntime.values()).map(OtherRuntime::label))
            .toList();
    static final String BUILDER = "builder";
    static final String SECURITY = "security";
    static final String DEFAULT_SECURITY = "default";
    static final String UNCONFINED = "unconfined";
    static final String PRIVILEGED = "privileged";
    static final String USER = "user";
    static final String ROOTLESS = "rootless";

    static final OptionSpec DOCKERFILE = ImageBuilder.dockerfileOption();

    static final Endpoint ENDPOINT = new Endpoint(
            "dockerHost",
            "--docker-host",
            "DOCKER_HOST",
            "Use this container engine (Docker or Podman's socket) instead of a private one."
                    + " Default: $DOCKER_HOST.");

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CONTAINER;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec(
                        RUNTIME,
                        OptionSpec.Type.TEXT,
                        RUNTIMES,
                        "",
                        "OCI runtime, by the name the engine knows it by; the engine's default where none is given."),
                new OptionSpec(
                        SECURITY,
                        OptionSpec.Type.CHOICE,
                        List.of(DEFAULT_SECURITY, UNCONFINED, PRIVILEGED),
                        DEFAULT_SECURITY,
                        "What a container is kept from: as the engine does it, without its filter of system calls"
                                + " (unconfined), or with every capability and device (privileged)."),
                new OptionSpec(
                        USER,
                        OptionSpec.Type.USER,
                        List.of("1000", "1000:1000"),
                        "",
                        "As whom the workload runs on this target, by number, in place of the image's user or that of"
                                + " workload.user; the proof of identity expects it."),
                new OptionSpec(
                        ROOTLESS,
                        OptionSpec.Type.BOOLEAN,
                        List.of(),
                        "false",
                        "Whether an engine of the lab's own launches it that no root runs, in a user namespace."));
    }

    @Override
    public Optional<List<OptionSpec>> options(Faculty faculty) {
        return switch (faculty) {
            case BUILD ->
                Optional.of(List.of(
                        new OptionSpec(
                                BUILDER,
                                OptionSpec.Type.CHOICE,
                                DockerImageEngine.BUILDERS,
                                DockerImageEngine.BUILDERS.get(0),
                                "What builds the image, where images are built."),
                        DOCKERFILE));
            case STORE -> Optional.of(List.of(DockerPlace.OPTION));
            case START -> Optional.of(StartMode.OPTIONS);
            case DELIVER, STACK -> Optional.of(List.of());
        };
    }

    @Override
    public Set<String> needs(TargetDefinition definition) {
        Set<String> needs = new TreeSet<>();
        OtherRuntime.of(definition.option(RUNTIME)).ifPresent(runtime -> needs.add(runtime.need()));
        if (definition.option(BUILDER).equals(BuildahBuilds.BUILDAH)) {
            needs.add(DockerChecks.BUILDAH_NEED);
        }
        if (StartMode.of(definition) == StartMode.RESTORE) {
            needs.add(Criu.NEED);
        }
        if (isRootless(definition)) {
            needs.add(RootlessDocker.NEED);
        }
        return needs;
    }

    /** Returns whether a target is launched by the rootless engine. */
    static boolean isRootless(TargetDefinition definition) {
        return Boolean.parseBoolean(definition.option(ROOTLESS));
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition) {
        return rootlessFault(definition).or(() -> userFault(definition));
    }

    private static Optional<OptionFault> rootlessFault(TargetDefinition definition) {
        if (!isRootless(definition)) {
            return Optional.empty();
        }
        String runtime = definition.option(RUNTIME);
        if (!runtime.isEmpty() && !runtime.equals(RUNC)) {
            return Optional.of(new OptionFault(RUNTIME, "a rootless engine has runc only; leave it out"));
        }
        if (StartMode.of(definition) != StartMode.COLD) {
            return Optional.of(new OptionFault(
                    StartMode.KEY,
                    "a rootless engine may neither freeze nor checkpoint; give start: " + StartMode.COLD.label()));
        }
        return definition.option(DockerPlace.KEY).isEmpty()
                        && definition.option(BUILDER).isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionFault(
                        ROOTLESS, "is for measures that launch the workload; leave it out with builds and storage"));
    }

    private static Optional<OptionFault> userFault(TargetDefinition definition) {
        return definition.option(USER).isEmpty()
                        || definition.option(DockerPlace.KEY).isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionFault(
                        USER, "does not go with a measure that starts a program of its own as root; leave it out"));
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition, Stack stack) {
        if (isRootless(definition)) {
            return Optional.of(new OptionFault(ROOTLESS, "is not for an application; leave it out"));
        }
        return definition.option(USER).isEmpty()
                ? Optional.empty()
                : Optional.of(new OptionFault(
                        USER, "is not for an application, whose Compose file says it of each service; leave it out"));
    }

    @Override
    public long placeBytes(TargetDefinition definition, Limits limits) {
        return DockerPlace.capacity(definition, limits);
    }

    @Override
    public Optional<OptionFault> notFresh(TargetDefinition definition) {
        return DockerPlace.notFresh(definition);
    }

    @Override
    public Optional<String> notFresh(TargetDefinition definition, boolean existing) {
        return DockerPlace.notFresh(definition, existing);
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return DockerTarget.open(definition, image, limits, lab);
    }

    @Override
    public Optional<Endpoint> endpoint() {
        return Optional.of(ENDPOINT);
    }

    @Override
    public boolean keepsVolumes() {
        return true;
    }

    @Override
    public Optional<LabService.Starter> service() {
        return Optional.of(DockerService::start);
    }

    @Override
    public Optional<ImageEngine> images() {
        return Optional.of(new DockerImageEngine());
    }

    @Override
    public LeftoverRemoval leftovers() {
        return new DockerLeftovers();
    }

    @Override
    public HostChecks checks() {
        return new Checks();
    }

    @Override
    public DriverPackages packages() {
        return () -> List.of("docker.socket", "docker", "containerd");
    }

    @Override
    public Map<String, String> versions(SystemFiles files) {
        Map<String, String> versions = new LinkedHashMap<>();
        putVersion(versions, "docker", "dockerd");
        putVersion(versions, "containerd", "containerd");
        putVersion(versions, "runc", "runc");
        for (OtherRuntime runtime : OtherRuntime.values()) {
            putVersion(versions, runtime.label(), runtime.label());
        }
        return versions;
    }

    private static void putVersion(Map<String, String> versions, String name, String program) {
        ProgramVersion.of(program).known().ifPresent(version -> versions.put(name, version));
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        // What is restored was started cold and saved before.
        double start = StartMode.of(definition) == StartMode.RESTORE ? 2 : 0.4;
        return new TypicalStart(start, 0.4, 5e-4, 0);
    }

    private static final class Checks implements HostChecks {
        @Override
        public List<Capability> software(Examination examination) {
            return new DockerChecks(examination).check();
        }

        @Override
        public Map<String, Supplier<Capability>> trials() {
            return Map.of(Criu.NEED, Criu::examine, RootlessDocker.NEED, RootlessDocker::examine);
        }
    }
}
