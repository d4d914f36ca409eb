package dev.bench.docker;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.CreateContainerCmd;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.AccessMode;
import com.github.dockerjava.api.model.Bind;
import com.github.dockerjava.api.model.HealthCheck;
import com.github.dockerjava.api.model.HostConfig;
import com.github.dockerjava.api.model.Info;
import com.github.dockerjava.api.model.LogConfig;
import com.github.dockerjava.api.model.Version;
import com.github.dockerjava.api.model.Volume;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.image.TreeManifest;
import dev.bench.program.Observer;
import dev.bench.program.WriteTrial;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.result.WritableLayer;
import dev.bench.target.BuildRequest;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.ImageDelivery;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LabException;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PausedInstance;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.RemovalException;
import dev.bench.target.ServiceHost;
import dev.bench.target.StackRequest;
import dev.bench.target.StartMode;
import dev.bench.target.Subnet;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Launches containers. */
final class DockerTarget implements Target {
    private static final Set<String> DAEMONS = Set.of("dockerd", "containerd");
    private static final String BUSYBOX = "/bin/busybox";
    private static final String BUSYBOX_INSIDE = "/.bench/busybox";
    private static final String WRITE_TRIAL_INSIDE = "/.bench/write-trial";

    /** Only an engine runs an image's health check, and it would run beside what is measured. */
    private static final HealthCheck NO_HEALTHCHECK = new HealthCheck().withTest(List.of("NONE"));

    private static final String FEWER_CAPABILITIES =
            "This host's root lacks some, so that no container can have them all: give docker.security: unconfined";

    private static final String ADDED = "added environment";

    /** Takes the filter of system calls and the profile of a security module away; capabilities stay as they are. */
    private static final List<String> UNCONFINED = List.of("seccomp=unconfined", "apparmor=unconfined");

    private final TargetDefinition definition;
    private final PreparedImage image;
    private final Limits limits;
    private final LabView lab;
    private final DockerClient client;
    private final Removals removals;
    private final ContainerExecs executions;
    private final Map<String, String> facts;
    private final @Nullable DockerPlace place;
    private final @Nullable Checkpoints checkpoints;
    private @Nullable DockerImageBuilder builder;
    private @Nullable DockerDelivery delivery;

    private DockerTarget(
            TargetDefinition definition,
            PreparedImage image,
            Limits limits,
            LabView lab,
            DockerClient client,
            Version version,
            Map<String, String> facts,
            @Nullable Checkpoints checkpoints) {
        this.definition = definition;
        this.image = image;
        this.limits = limits;
        this.lab = lab;
        this.client = client;
        this.removals = new Removals(client, version);
        this.executions = new ContainerExecs(lab.runId());
        this.facts = facts;
        this.place = null;
        this.checkpoints = checkpoints;
    }

    /** Takes over everything of a target but its image, its place and its connection. */
    private DockerTarget(DockerTarget other, PreparedImage image, @Nullable DockerPlace place, DockerClient client) {
        this.definition = other.definition;
        this.image = image;
        this.limits = other.limits;
        this.lab = other.lab;
        this.client = client;
        this.removals = other.removals.by(client);
        this.executions = other.executions;
        this.facts = other.facts;
        this.place = place;
        this.checkpoints = other.checkpoints;
    }

    /** Returns what launches instances of another image; it needs not to be closed. */
    DockerTarget launching(PreparedImage other) {
        return new DockerTarget(this, other, null, client);
    }

    /** Returns what launches instances that have a place, by its connection; it needs not to be closed. */
    DockerTarget with(DockerPlace own, List<String> argv, DockerClient connection) {
        return new DockerTarget(this, image.executing(argv), own, connection);
    }

    /** Returns what launches the same by another connection; it needs not to be closed. */
    DockerTarget by(DockerClient connection) {
        return new DockerTarget(this, image, place, connection);
    }

    static DockerTarget open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        String address =
                DockerDriver.isRootless(definition) ? rootless(definition, lab) : lab.service(DockerDriver.KEY);
        DockerClient client = DockerClients.within(DockerClients.ANSWER, address);
        try {
            if (DockerDriver.isRootless(definition)) {
                RootlessDocker.limit(lab.runDirectory(), limits);
                hand(image.engineReference(), lab.service(DockerDriver.KEY), address);
            }
            Info info = client.infoCmd().exec();
            Version version = client.versionCmd().exec();
            if (definition.option(DockerDriver.BUILDER).equals(DockerBuilds.BUILDKIT)) {
                String missing = BuildKit.missing(version).orElse("");
                if (!missing.isEmpty()) {
                    throw new TargetException(
                            definition.name(),
                            missing,
                            "Give docker.builder: " + DockerBuilds.CLASSIC + ", or install a newer engine",
                            null);
                }
            }
            Map<String, String> facts = facts(definition, version, info);
            String runtime = definition.option(DockerDriver.RUNTIME);
            if (!runtime.isEmpty()
                    && info.getRuntimes() != null
                    && !info.getRuntimes().containsKey(runtime)) {
                throw new TargetException(
                        definition.name(),
                        "the engine has no runtime '" + runtime + "'",
                        "It has "
                                + String.join(
                                        ", ",
                                        info.getRuntimes().keySet().stream()
                                                .sorted()
                                                .toList()) + "; name one of them as docker.runtime, or install it",
                        null);
            }
            return new DockerTarget(
                    definition, image, limits, lab, client, version, facts, checkpoints(definition, lab, info));
        } catch (DockerException | IllegalArgumentException e) {
            throw unusable(definition.name(), e);
        } catch (IOException | RuntimeException e) {
            throw new TargetException(
                    definition.name(),
                    "cannot reach the container engine at " + address,
                    "Check that it runs: `bench doctor`",
                    e);
        }
    }

    private static String rootless(TargetDefinition definition, LabView lab) throws TargetException {
        if (!isOwn(lab.service(DockerDriver.KEY), lab)) {
            throw new TargetException(
                    definition.name(),
                    "rootless: true is an engine of the lab's own, which takes its images from another one of the lab's",
                    "Leave --docker-host and DOCKER_HOST unset, and take no rootless target for deliveries",
                    null);
        }
        return RootlessDocker.address(lab.runDirectory());
    }

    /** Gives an engine an image of another one, where it has it not yet. */
    private static void hand(String reference, String from, String to) throws IOException {
        try (DockerClient taker = DockerClients.patient(to)) {
            try {
                taker.inspectImageCmd(reference).exec();
            } catch (NotFoundException e) {
                try (DockerClient holder = DockerClients.patient(from);
                        InputStream saved = holder.saveImageCmd(reference).exec()) {
                    taker.loadImageCmd(saved).exec();
                }
            }
        }
    }

    /** Only a lab's own engine is told where to leave what nobody removes. */
    private static @Nullable Checkpoints checkpoints(TargetDefinition definition, LabView lab, Info info)
            throws TargetException {
        if (StartMode.of(definition) != StartMode.RESTORE) {
            return null;
        }
        String address = lab.service(DockerDriver.KEY);
        if (!isOwn(address, lab)) {
            throw new TargetException(
                    definition.name(),
                    "start: restore is not for an existing engine, which keeps copies of every state that nobody removes",
                    "Leave --docker-host and DOCKER_HOST unset, or give start: resume",
                    null);
        }
        return new Checkpoints(
                DockerClients.transport(address),
                Path.of(String.valueOf(info.getDockerRootDir()), "containers"),
                DockerService.copies(lab.cacheDirectory(), lab.runId()));
    }

    /** Returns what begins a command that mounts where a lab's own engine sees it. */
    List<String> entering() throws IOException {
        return PrivateDocker.entering(lab.runDirectory());
    }

    private static boolean isOwn(String address, LabView lab) {
        return address.equals(PrivateDocker.address(lab.runDirectory()));
    }

    private static Map<String, String> facts(TargetDefinition definition, Version version, Info info) {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("engine", "Docker API " + version.getApiVersion() + ", engine " + version.getVersion());
        String runtime = definition.option(DockerDriver.RUNTIME);
        if (DockerDriver.isRootless(definition)) {
            facts.put("rootless", "in a user namespace of a user without rights; limits set beside the engine");
        }
        facts.put("runtime", runtime.isEmpty() ? "the engine's default" : runtime);
        String builder = definition.option(DockerDriver.BUILDER);
        if (!builder.isEmpty()) {
            facts.put("builder", builder.equals(DockerBuilds.BUILDKIT) ? DockerBuilds.describe() : builder);
            facts.put("Dockerfile", definition.option(DockerDriver.DOCKERFILE.key()));
        }
        if (Podman.answers(version)) {
            facts.put(ADDED, "by Podman, beside the image's: " + String.join(", ", Podman.ENVIRONMENT));
        }
        facts.put("health check", "the image's own is not run, as in a process and a machine");
        String security = definition.option(DockerDriver.SECURITY);
        if (!security.isEmpty() && !security.equals(DockerDriver.DEFAULT_SECURITY)) {
            facts.put("security", security);
        }
        String user = definition.option(DockerDriver.USER);
        if (!user.isEmpty()) {
            facts.put("user", user + ", by the target's own option");
        }
        StartMode mode = StartMode.of(definition);
        if (mode != StartMode.COLD) {
            facts.put(
                    StartMode.KEY,
                    mode.label()
                            + (mode == StartMode.RESUME
                                    ? ", unpaused by the engine"
                                    : ", by CRIU from a checkpoint of the engine's, in the page cache"));
        }
        facts.put("log driver", "json-file");
        facts.put("storage driver", String.valueOf(info.getDriver()));
        facts.put("security options", String.valueOf(info.getSecurityOptions()));
        return facts;
    }

    private static TargetException unusable(String name, RuntimeException e) {
        return new TargetException(
                name, "the container engine refused: " + e.getMessage(), "Check it with `bench doctor`", e);
    }

    @Override
    public TargetDefinition definition() {
        return definition;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.CONTAINER;
    }

    @Override
    public boolean emulated() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public Optional<String> declaredUser() {
        return Optional.of(definition.option(DockerDriver.USER)).filter(user -> !user.isEmpty());
    }

    @Override
    public boolean announcesExec() {
        return false;
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        return launch(request, phases, hostConfig());
    }

    @Override
    public Optional<KeptState> keep(Instance instance) throws LaunchException {
        DockerInstance container = (DockerInstance) instance;
        return Optional.of(checkpoints == null ? pause(container) : SavedContainer.save(container, checkpoints));
    }

    /** Pauses a container, by the freezer of its control group. */
    private KeptState pause(DockerInstance instance) throws LaunchException {
        try {
            client.pauseContainerCmd(instance.id()).exec();
            return new PausedInstance(instance, () -> unpause(instance.id()));
        } catch (RuntimeException e) {
            LaunchException refused = refused("pause", e);
            instance.close();
            throw refused;
        }
    }

    private void unpause(String id) throws LaunchException {
        try {
            client.unpauseContainerCmd(id).exec();
        } catch (RuntimeException e) {
            throw refused("unpause", e);
        }
    }

    private DockerInstance launch(LaunchRequest request, PhaseRecorder phases, HostConfig hostConfig)
            throws LaunchException {
        return launch(request, phases, hostConfig, command -> {});
    }

    /** Launches a container of an image that is a service of an application. */
    DockerInstance launch(PreparedImage other, LaunchRequest request, PhaseRecorder phases, ContainerSettings settings)
            throws LaunchException {
        HostConfig hostConfig = hostConfig();
        settings.host(hostConfig);
        return launching(other).launch(request, phases, hostConfig, settings::container);
    }

    private DockerInstance launch(
            LaunchRequest request, PhaseRecorder phases, HostConfig hostConfig, Consumer<CreateContainerCmd> further)
            throws LaunchException {
        ImageConfig config = image.config();
        String id;
        try {
            CreateContainerCmd command = command(request, hostConfig)
                    .withEntrypoint(config.argv())
                    .withEnv(config.env())
                    .withUser(declaredUser().orElse(config.user()))
                    .withIpv4Address(request.address().getHostAddress())
                    .withMacAddress(Subnet.hardwareAddress(request.address()));
            further.accept(command);
            id = command.exec().getId();
        } catch (RuntimeException e) {
            throw refused("create", e);
        }
        phases.mark(PhaseName.CREATED);
        DockerInstance instance = new DockerInstance(client, removals, id, request, () -> executions.forget(id));
        try {
            instance.attach();
            executions.await(id, instance::isClosed, (nanos, pid) -> {
                instance.setProcess(pid);
                phases.mark(PhaseName.EXEC, nanos);
            });
            client.startContainerCmd(id).exec();
        } catch (RuntimeException e) {
            throw withdrawn(instance, e);
        }
        phases.mark(PhaseName.STARTED);
        return instance;
    }

    /** Starts a container that has ended once more; what launched it is done with. */
    DockerInstance again(DockerInstance ended, LaunchRequest request) throws LaunchException {
        ended.leave();
        String id = ended.id();
        DockerInstance instance =
                new DockerInstance(client, removals, id, request.named(ended.name()), () -> executions.forget(id));
        try {
            instance.attach();
            client.startContainerCmd(id).exec();
            return instance;
        } catch (RuntimeException e) {
            throw withdrawn(instance, e);
        }
    }

    /** Removes a container that was not started, and returns why it was not. */
    private static LaunchException withdrawn(DockerInstance instance, RuntimeException cause) {
        LaunchException refused = refused("start", cause);
        instance.collectLog();
        try {
            instance.close();
        } catch (RemovalException left) {
            // An engine that did not answer the one does not answer the other; the first is what went wrong.
            throw new RemovalException(refused.getMessage() + ". Then " + left.getMessage(), cause);
        }
        return refused;
    }

    /**
     * Kills the lab's own engine and starts one anew on the same data; returns whether it did, which it does with no other.
     *
     * @throws LaunchException where none starts
     */
    boolean replaceEngine() throws LaunchException {
        String address = lab.service(DockerDriver.KEY);
        if (!isOwn(address, lab)) {
            return false;
        }
        try {
            PrivateDocker.replace(lab.runDirectory(), lab.runId(), DockerService.dataRoot(lab.cacheDirectory()));
            return true;
        } catch (LabException e) {
            throw new LaunchException(FailureKind.ENGINE, String.valueOf(e.getMessage()), e);
        }
    }

    private CreateContainerCmd command(LaunchRequest request, HostConfig hostConfig) {
        ImageConfig config = image.config();
        // Output is read back, which an engine's own default may not allow: none, journald, or a collector far away.
        hostConfig.withLogConfig(new LogConfig(LogConfig.LoggingType.JSON_FILE));
        return client.createContainerCmd(image.engineReference())
                .withName(request.name())
                .withLabels(Map.of(RunLabel.KEY, lab.runId()))
                .withWorkingDir(config.workingDirectory())
                .withStopSignal(config.stopSignal())
                .withCmd(List.of())
                .withHealthcheck(NO_HEALTHCHECK)
                .withHostConfig(hostConfig);
    }

    private HostConfig hostConfig() {
        HostConfig hostConfig = HostConfig.newHostConfig()
                .withNetworkMode(DockerNetwork.name(lab.runId()))
                .withNanoCPUs(Math.round(limits.cpus() * 1e9))
                .withMemory(limits.memoryBytes())
                .withMemorySwap(limits.memoryBytes());
        if (!limits.processors().isEmpty()) {
            hostConfig.withCpusetCpus(limits.processors());
        }
        if (place != null) {
            place.attach(hostConfig);
        }
        switch (definition.option(DockerDriver.SECURITY)) {
            case DockerDriver.UNCONFINED -> hostConfig.withSecurityOpts(UNCONFINED);
            case DockerDriver.PRIVILEGED -> hostConfig.withPrivileged(true);
            default -> {
                // The engine's own filter and capabilities.
            }
        }
        String runtime = definition.option(DockerDriver.RUNTIME);
        return runtime.isEmpty() ? hostConfig : hostConfig.withRuntime(runtime);
    }

    private static LaunchException refused(String what, RuntimeException e) {
        String message = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
        String words = message.toLowerCase(Locale.ROOT);
        String advice = words.contains("executable")
                ? "Check workload.command against the image"
                : words.contains("apply caps") ? FEWER_CAPABILITIES : EngineAdvice.LOG;
        return new LaunchException(
                FailureKind.ENGINE, "the engine could not " + what + " the container: " + message + ". " + advice, e);
    }

    @Override
    public Observation observe(LaunchRequest request) throws TargetException {
        String digest = tree(request, "digest").strip();
        Observer.Seen seen = facts.containsKey(ADDED) ? see(request).without(Podman.ENVIRONMENT) : see(request);
        return new Observation(
                seen.identity(digest, limits.cpus(), limits.memoryBytes()),
                () -> tree(request, "text"),
                firstWrite(request));
    }

    /** Runs the manifest's script with a shell that is not of the image. */
    private String tree(LaunchRequest request, String form) throws TargetException {
        return asRoot(
                request,
                new Bind(BUSYBOX, new Volume(BUSYBOX_INSIDE), AccessMode.ro),
                BUSYBOX_INSIDE,
                "sh",
                "-c",
                TreeManifest.script(),
                "tree-manifest",
                "/",
                form);
    }

    private WritableLayer.@Nullable FirstWrite firstWrite(LaunchRequest request) throws TargetException {
        try {
            Optional<TreeManifest.SizedFile> file = WriteTrial.file(image.manifest());
            if (file.isEmpty()) {
                return null;
            }
            Path program =
                    executable("write-trial", WriteTrial.program(file.get().path()));
            String output = asRoot(
                    request,
                    new Bind(program.toString(), new Volume(WRITE_TRIAL_INSIDE), AccessMode.ro),
                    WRITE_TRIAL_INSIDE);
            return WriteTrial.parse(output, file.get().path(), file.get().bytes())
                    .orElse(null);
        } catch (IOException e) {
            throw new TargetException(
                    definition.name(), "cannot write in a container: " + e.getMessage(), "Check the cache's disk", e);
        }
    }

    /** Runs a program of the host in a container of the same image, and returns what it prints. */
    private String asRoot(LaunchRequest request, Bind program, String... command) throws TargetException {
        HostConfig hostConfig =
                HostConfig.newHostConfig().withNetworkMode("none").withBinds(program);
        String runtime = definition.option(DockerDriver.RUNTIME);
        if (!runtime.isEmpty()) {
            hostConfig.withRuntime(runtime);
        }
        try {
            String id = command(request, hostConfig)
                    .withEntrypoint(command)
                    .withEnv("BUSYBOX=" + BUSYBOX_INSIDE)
                    .withUser("0")
                    .exec()
                    .getId();
            try (DockerInstance instance =
                    new DockerInstance(client, removals, id, request, () -> executions.forget(id))) {
                client.startContainerCmd(id).exec();
                int status = instance.awaitExit();
                String output = instance.output();
                if (status != 0) {
                    throw new TargetException(
                            definition.name(),
                            "cannot look at the files from inside: the container ended with status " + status
                                    + said(output),
                            "Check the engine's storage and the runtime",
                            null);
                }
                return output;
            }
        } catch (DockerException e) {
            throw unusable(definition.name(), e);
        }
    }

    /** Returns what a container wrote, or else its runtime when it ended by itself, to follow a sentence. */
    private String said(String output) {
        if (!output.isBlank()) {
            return ": " + output.strip();
        }
        Optional<Path> words = OtherRuntime.of(definition.option(DockerDriver.RUNTIME))
                .map(runtime -> runtime.lastWords(lab.runDirectory()))
                .filter(Files::isReadable);
        if (words.isPresent()) {
            try (Stream<String> lines = Files.lines(words.get())) {
                Optional<String> first = lines.filter(line -> !line.isBlank()).findFirst();
                if (first.isPresent()) {
                    return "; its runtime said: " + first.get().strip();
                }
            } catch (IOException e) {
                return ", and what its runtime said cannot be read: " + e.getMessage();
            }
        }
        return ", without a word";
    }

    private Path executable(String name, byte[] program) throws IOException {
        Path file = lab.workDirectory().resolve(name + "-" + definition.plainName());
        FileTrees.writeProgram(file, program);
        return file;
    }

    private Observer.Seen see(LaunchRequest request) throws TargetException {
        String output = inPlace(request, "observer", Observer.program());
        Observer.Seen seen = Observer.parse(output);
        if (seen == null) {
            throw unobservable("the observer printed: " + output, null);
        }
        return seen;
    }

    @Override
    public Optional<String> standIn(LaunchRequest request, byte[] program) throws TargetException {
        return Optional.of(inPlace(request, "stand-in", program));
    }

    /** Runs a program in the place of the workload's executable. */
    private String inPlace(LaunchRequest request, String name, byte[] elf) throws TargetException {
        try {
            Path program = executable(name, elf);
            String executable =
                    RuntimeEnvironment.of(image.config(), image.tree()).executable();
            HostConfig hostConfig =
                    hostConfig().withBinds(new Bind(program.toString(), new Volume(executable), AccessMode.ro));
            try (DockerInstance instance = launch(request, new PhaseRecorder(), hostConfig)) {
                instance.awaitExit();
                return instance.output();
            }
        } catch (LaunchException | IOException | ImageException e) {
            throw unobservable(e.getMessage(), e);
        }
    }

    private TargetException unobservable(@Nullable String problem, @Nullable Exception cause) {
        return new TargetException(
                definition.name(),
                "cannot observe the workload from inside: " + problem,
                "Check workload.command and workload.user",
                cause);
    }

    @Override
    public void accountMemory() {
        // Every instance has its group anyway.
    }

    @Override
    public List<Long> daemons() {
        List<Long> daemons = Processes.executing(DAEMONS);
        boolean ours = lab.service(DockerDriver.KEY).contains(lab.runDirectory().toString());
        return ours
                ? daemons.stream()
                        .filter(pid -> Processes.names(pid, lab.runDirectory().toString()))
                        .toList()
                : daemons;
    }

    @Override
    public long imageBytes() throws IOException {
        try {
            Long size = client.inspectImageCmd(image.engineReference()).exec().getSize();
            return size == null ? 0 : size;
        } catch (RuntimeException e) {
            throw new IOException("the engine does not tell the size of the image: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<ImageBuilder> builder(BuildRequest request) throws TargetException {
        EngineBuilder opened = new DockerImageEngine()
                .builder(
                        lab,
                        request,
                        definition.name(),
                        definition.option(DockerDriver.BUILDER),
                        definition.option(DockerDriver.DOCKERFILE.key()));
        builder = new DockerImageBuilder(opened, this, image);
        return Optional.of(builder);
    }

    @Override
    public Optional<Place> place(PlaceRequest request) throws LaunchException {
        return Optional.of(DockerPlace.open(this, request, lab));
    }

    @Override
    public Optional<ImageDelivery> delivery(DeliveryRequest request) throws TargetException {
        delivery = DockerDelivery.open(definition, image, limits, lab, request);
        return Optional.of(delivery);
    }

    @Override
    public Optional<ServiceHost> stack(StackRequest request) throws LaunchException {
        return Optional.of(DockerStack.open(this, request, lab, client));
    }

    @Override
    public void close() {
        if (builder != null) {
            builder.close();
        }
        if (delivery != null) {
            delivery.close();
        }
        if (checkpoints != null) {
            checkpoints.close();
        }
        DockerClients.close(client);
    }
}
