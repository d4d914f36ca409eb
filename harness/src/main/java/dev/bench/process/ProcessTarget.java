package dev.bench.process;

import dev.bench.host.CgroupMount;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.Freezer;
import dev.bench.image.ImageException;
import dev.bench.image.ResolvedUser;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.image.TreeManifest;
import dev.bench.program.Observer;
import dev.bench.program.WriteTrial;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.result.WritableLayer;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Launches bare processes. */
final class ProcessTarget implements Target {
    private static final Path BUSYBOX = Path.of("/bin/busybox");
    private static final String BUSYBOX_INSIDE = "/.bench/busybox";
    private static final Duration OBSERVATION_TIMEOUT = Duration.ofMinutes(5);

    private final TargetDefinition definition;
    private final PreparedImage image;
    private final RuntimeEnvironment runtime;
    private final Limits limits;
    private final LabView lab;
    private final NamespacePool namespaces;
    private final List<CgroupMount> hierarchies = CgroupMount.ofHost();
    private final @Nullable Path place;
    private final StartMode mode;

    private ProcessTarget(
            TargetDefinition definition,
            PreparedImage image,
            RuntimeEnvironment runtime,
            Limits limits,
            LabView lab,
            NamespacePool namespaces,
            @Nullable Path place) {
        this.definition = definition;
        this.image = image;
        this.runtime = runtime;
        this.limits = limits;
        this.lab = lab;
        this.namespaces = namespaces;
        this.place = place;
        this.mode = StartMode.of(definition);
    }

    static ProcessTarget open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        NamespacePool namespaces = new NamespacePool(lab, shortName(definition.plainName()));
        try {
            namespaces.reserve(1);
            return new ProcessTarget(
                    definition,
                    image,
                    RuntimeEnvironment.of(image.config(), image.tree()),
                    limits,
                    lab,
                    namespaces,
                    null);
        } catch (ImageException e) {
            throw new TargetException(definition.name(), "cannot run this image: " + e.getMessage(), "", e);
        } catch (IOException e) {
            throw new TargetException(
                    definition.name(), "cannot prepare: " + e.getMessage(), "Check the host with `bench doctor`", e);
        }
    }

    @Override
    public Optional<Place> place(PlaceRequest request) throws LaunchException {
        return Optional.of(ProcessPlace.open(this, request, lab.workDirectory()));
    }

    /**
     * Returns what launches instances that have a place; it needs not to be closed.
     *
     * @param directory what is mounted there, or null where it is a part of the root
     */
    ProcessTarget with(@Nullable Path directory, List<String> argv) throws IOException, ImageException {
        PreparedImage running = image.executing(argv);
        return new ProcessTarget(
                definition,
                running,
                RuntimeEnvironment.of(running.config(), running.tree()),
                limits,
                lab,
                namespaces,
                directory);
    }

    /** Link names end at 15 characters, and two targets of this kind must not share one. */
    private static String shortName(String name) {
        return "p" + Integer.toHexString(name.hashCode() & 0xffff) + "n";
    }

    @Override
    public TargetDefinition definition() {
        return definition;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.PROCESS;
    }

    @Override
    public boolean emulated() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("root", "overlayfs over the image's tree, chroot");
        facts.put("limits", "cgroup v" + Cgroups.version());
        if (mode != StartMode.COLD) {
            facts.put(StartMode.KEY, mode.label() + ", from the freezer of its control group");
        }
        return facts;
    }

    @Override
    public Optional<KeptState> keep(Instance instance) throws LaunchException {
        return Optional.of(((ProcessInstance) instance).pause());
    }

    @Override
    public boolean announcesExec() {
        return true;
    }

    @Override
    public void reserve(int instances) throws LaunchException {
        try {
            namespaces.reserve(instances);
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot make " + instances + " network namespaces: " + e.getMessage(), e);
        }
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        return launch(request, phases, image.config(), runtime, Map.of());
    }

    private ProcessInstance launch(
            LaunchRequest request,
            PhaseRecorder phases,
            ImageConfig config,
            RuntimeEnvironment environment,
            Map<Path, String> binds)
            throws LaunchException {
        ProcessInstance instance = null;
        try {
            String namespace = namespaces.take();
            Path directory = lab.workDirectory().resolve(request.name());
            for (String name : List.of("upper", "work", "root")) {
                Files.createDirectories(directory.resolve(name));
            }
            String group = "bench/" + lab.runId() + "/" + request.name();
            List<Path> groups = new ArrayList<>(Cgroups.create(group, limits));
            Freezer freezer = mode == StartMode.RESUME ? freezer(group) : null;
            if (freezer != null && !groups.contains(freezer.directory())) {
                groups.add(freezer.directory());
            }
            Path pipe = directory.resolve(LauncherProgram.PIPE);
            Files.deleteIfExists(pipe);
            PosixPipes.make(pipe);
            Path program = directory.resolve("launch");
            LauncherProgram launcher = new LauncherProgram(
                    image.tree(),
                    directory,
                    groups,
                    hierarchies,
                    NamespacePool.file(namespace),
                    lab.network(),
                    binds,
                    place);
            Files.write(program, launcher.elf(config, environment, request));
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
            phases.mark(PhaseName.CREATED);
            instance = new ProcessInstance(
                    request, directory, groups, config.stopSignal(), () -> namespaces.remove(namespace), freezer);
            instance.start(command(program), phases);
            phases.mark(PhaseName.STARTED);
            instance.awaitExecution();
            return instance;
        } catch (IOException e) {
            if (instance != null) {
                instance.close();
            }
            throw new LaunchException(FailureKind.ENGINE, "cannot start the process: " + e.getMessage(), e);
        } catch (LaunchException e) {
            if (instance != null) {
                instance.close();
            }
            throw e;
        }
    }

    private static Freezer freezer(String group) throws IOException {
        return Freezer.create(group)
                .orElseThrow(() -> new IOException("this host's kernel has no freezer of control groups"
                        + " (CONFIG_CGROUP_FREEZER, mounted at /sys/fs/cgroup/freezer); give start: cold"));
    }

    private List<String> command(Path program) {
        return limits.processors().isEmpty()
                ? List.of(program.toString())
                : List.of("taskset", "--cpu-list", limits.processors(), program.toString());
    }

    @Override
    public Observation observe(LaunchRequest request) throws TargetException {
        String digest = tree(request, "digest").strip();
        String output = inPlace(request, "observer", Observer.program());
        Observer.Seen seen = Observer.parse(output);
        if (seen == null) {
            throw unobservable("the observer printed: " + output.strip(), null);
        }
        return new Observation(
                seen.identity(digest, limits.cpus(), limits.memoryBytes()),
                () -> tree(request, "text"),
                firstWrite(request));
    }

    @Override
    public Optional<String> standIn(LaunchRequest request, byte[] program) throws TargetException {
        return Optional.of(inPlace(request, "stand-in", program));
    }

    /** Runs a program in the place of the workload's executable. */
    private String inPlace(LaunchRequest request, String name, byte[] program) throws TargetException {
        Path file = lab.workDirectory().resolve(name + "-" + definition.plainName());
        try {
            FileTrees.writeProgram(file, program);
        } catch (IOException e) {
            throw unobservable(e.getMessage(), e);
        }
        return output(request, image.config(), runtime, Map.of(file, runtime.executable()));
    }

    private String tree(LaunchRequest request, String form) throws TargetException {
        return output(
                request,
                BUSYBOX,
                BUSYBOX_INSIDE,
                List.of("busybox", "sh", "-c", TreeManifest.script(), "tree-manifest", "/", form));
    }

    private WritableLayer.@Nullable FirstWrite firstWrite(LaunchRequest request) throws TargetException {
        Path program = lab.workDirectory().resolve("write-trial-" + definition.plainName());
        try {
            Optional<TreeManifest.SizedFile> file = WriteTrial.file(image.manifest());
            if (file.isEmpty()) {
                return null;
            }
            FileTrees.writeProgram(program, WriteTrial.program(file.get().path()));
            String output = output(request, program, "/.bench/" + program.getFileName(), List.of("write-trial"));
            return WriteTrial.parse(output, file.get().path(), file.get().bytes())
                    .orElse(null);
        } catch (IOException e) {
            throw unobservable(e.getMessage(), e);
        }
    }

    /** Runs a program of the host as root, in the place of the workload. */
    private String output(LaunchRequest request, Path program, String inside, List<String> argv)
            throws TargetException {
        ImageConfig config = new ImageConfig(argv, List.of(), "0", "/", List.of(), "SIGKILL");
        RuntimeEnvironment environment = new RuntimeEnvironment(
                List.of("BUSYBOX=" + BUSYBOX_INSIDE), inside, new ResolvedUser(0, 0, List.of(0), "/"));
        return output(request, config, environment, Map.of(program, inside));
    }

    private String output(
            LaunchRequest request, ImageConfig config, RuntimeEnvironment environment, Map<Path, String> binds)
            throws TargetException {
        try (ProcessInstance instance = launch(request, new PhaseRecorder(), config, environment, binds)) {
            Instance.Exit exit = instance.awaitExit(OBSERVATION_TIMEOUT);
            String output = Files.readString(request.log());
            if (exit == null || exit.status() != 0) {
                throw unobservable(
                        (exit == null ? "no end within five minutes" : "status " + exit.status()) + ": "
                                + output.strip(),
                        null);
            }
            return output;
        } catch (LaunchException | IOException e) {
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
        return List.of();
    }

    @Override
    public long imageBytes() throws IOException {
        return FileTrees.allocatedBytes(List.of(image.tree()));
    }

    @Override
    public void close() {
        namespaces.close();
    }
}
