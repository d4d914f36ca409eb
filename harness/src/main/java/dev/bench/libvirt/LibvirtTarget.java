package dev.bench.libvirt;

import dev.bench.guest.GuestKernel;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Initramfs;
import dev.bench.guest.KvmProbe;
import dev.bench.guest.ProvenDisks;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.program.Observer;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.BuildRequest;
import dev.bench.target.Drivers;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.ImageEngine;
import dev.bench.target.Instance;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Launches virtual machines. */
final class LibvirtTarget implements Target {
    /**
     * Destroys the domain when the connection is closed, however that comes about. The embedded driver does not know
     * it: there, the run's end and the next run's beginning kill what is left.
     */
    private static final int START_AUTODESTROY = 2;

    private static final int START_PAUSED = 1;

    /**
     * A machine's memory is limited by its size. The emulator's own comes on top, as the engine's shim does for a
     * container, whose limit does not count it either.
     */
    private static final long UNLIMITED_BYTES = 1L << 60;

    /** The version from which libvirt knows the capability that {@link DomainXml} takes away; unknown names are errors. */
    private static final long KNOWS_CAPABILITY = 8_000_000L;

    private static final String EMBEDDED = "/embed";
    private static final Set<String> DAEMONS =
            Set.of("libvirtd", "virtqemud", "virtlogd", "virtlockd", "virtnetworkd", "virtstoraged");

    private static final Duration OBSERVATION_TIMEOUT = Duration.ofMinutes(10);

    private final TargetDefinition definition;
    private final PreparedImage image;
    private final RuntimeEnvironment runtime;
    private final Limits limits;
    private final LabView lab;
    private final Connect connection;
    private final GuestKernel kernel;
    private final Initramfs initramfs;
    private final ProvenDisks proven;
    private final boolean kvm;
    private final boolean quickStart;
    private final Map<String, String> facts;
    private final List<ResourceLimit> resourceLimits = ResourceLimit.inherited();
    private volatile boolean accounted;
    private @Nullable LibvirtImageBuilder builder;

    private LibvirtTarget(
            TargetDefinition definition,
            PreparedImage image,
            RuntimeEnvironment runtime,
            Limits limits,
            LabView lab,
            Connect connection,
            GuestKernel kernel,
            boolean kvm,
            boolean quickStart,
            Map<String, String> facts,
            Initramfs initramfs) {
        this.definition = definition;
        this.image = image;
        this.runtime = runtime;
        this.limits = limits;
        this.lab = lab;
        this.connection = connection;
        this.kernel = kernel;
        this.initramfs = initramfs;
        this.proven = new ProvenDisks(lab.cacheDirectory());
        this.kvm = kvm;
        this.quickStart = quickStart;
        this.facts = facts;
    }

    static LibvirtTarget open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        try {
            GuestKernel kernel = GuestKernel.find(definition.option(LibvirtDriver.KERNEL));
            Map<String, String> facts = new LinkedHashMap<>();
            boolean kvm = accelerate(definition, kernel, lab, facts);
            Connect connection = LibvirtConnections.open(lab.service(LibvirtDriver.KEY));
            facts.put("libvirt", version(connection.getLibVirVersion()));
            facts.put("hypervisor", connection.getType() + " " + version(connection.getVersion()));
            facts.put("machine", definition.option(LibvirtDriver.MACHINE));
            facts.put("kernel", kernel.release());
            facts.put(
                    "limits",
                    needsQuota(definition, limits, lab)
                            ? "cgroup v" + Cgroups.version() + " around the emulator; memory by the machine's size"
                            : "virtual processors and memory size");
            facts.put(
                    "disk",
                    String.format(
                            Locale.ROOT,
                            "qcow2, %d MiB on disk of %d MiB virtual",
                            FileTrees.allocatedBytes(List.of(image.disk())) >> 20,
                            Qcow2Overlay.virtualSize(image.disk()) >> 20));
            facts.put("balloon", "none");
            String dockerfile = definition.option(LibvirtDriver.DOCKERFILE.key());
            if (!dockerfile.isEmpty()) {
                facts.put("builder", "buildkit, then one tree of its layers, then a raw disk");
                facts.put("Dockerfile", dockerfile);
            }
            return new LibvirtTarget(
                    definition,
                    image,
                    RuntimeEnvironment.of(image.config(), image.tree()),
                    limits,
                    lab,
                    connection,
                    kernel,
                    kvm,
                    connection.getLibVirVersion() >= KNOWS_CAPABILITY,
                    facts,
                    Initramfs.of(kernel));
        } catch (LibvirtException e) {
            throw new TargetException(
                    definition.name(),
                    "libvirt at " + lab.service(LibvirtDriver.KEY) + " refused: " + e.getMessage(),
                    "Check it with `bench doctor`",
                    e);
        } catch (ImageException e) {
            throw new TargetException(definition.name(), "cannot run this image: " + e.getMessage(), "", e);
        } catch (IOException | LinkageError e) {
            throw new TargetException(
                    definition.name(), "cannot prepare: " + e.getMessage(), "Check the host with `bench doctor`", e);
        }
    }

    /** Returns what launches instances of another image; it needs not to be closed. */
    LibvirtTarget launching(PreparedImage other, RuntimeEnvironment environment) {
        return new LibvirtTarget(
                definition, other, environment, limits, lab, connection, kernel, kvm, quickStart, facts, initramfs);
    }

    @Override
    public Optional<ImageBuilder> builder(BuildRequest request) throws TargetException {
        ImageEngine images = Drivers.images(Drivers.all());
        EngineBuilder engine = images.builder(
                lab,
                request,
                definition.name(),
                images.builders().get(0),
                definition.option(LibvirtDriver.DOCKERFILE.key()));
        builder =
                new LibvirtImageBuilder(engine, this, image, lab.workDirectory().resolve("disk-" + request.name()));
        return Optional.of(builder);
    }

    private static boolean accelerate(
            TargetDefinition definition, GuestKernel kernel, LabView lab, Map<String, String> facts)
            throws IOException, TargetException {
        String wanted = definition.option(LibvirtDriver.ACCELERATOR);
        if (wanted.equals("tcg")) {
            facts.put("accelerator", "tcg (emulated), as the scenario asks");
            return false;
        }
        KvmProbe.Outcome outcome = KvmProbe.probe(kernel, lab.cacheDirectory());
        if (wanted.equals("kvm") && !outcome.works()) {
            throw new TargetException(
                    definition.name(),
                    "accelerator kvm is not to be had: " + outcome.finding(),
                    "Use accelerator: auto or tcg to measure emulated, or a host with working KVM",
                    null);
        }
        facts.put("accelerator", outcome.works() ? "kvm" : "tcg (emulated): " + outcome.finding());
        return outcome.works();
    }

    private static String version(long number) {
        return number / 1_000_000 + "." + number / 1_000 % 1_000 + "." + number % 1_000;
    }

    @Override
    public TargetDefinition definition() {
        return definition;
    }

    @Override
    public TargetKind kind() {
        return TargetKind.VM;
    }

    @Override
    public boolean emulated() {
        return !kvm;
    }

    @Override
    public Map<String, String> facts() {
        return facts;
    }

    @Override
    public boolean announcesExec() {
        return true;
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) throws LaunchException {
        return launch(request, phases, initramfs.with(program(request).launch(image.config(), runtime)));
    }

    private GuestProgram program(LaunchRequest request) {
        return new GuestProgram(
                initramfs.modules(),
                request.name(),
                request.address(),
                lab.network(),
                limits.memoryBytes(),
                resourceLimits);
    }

    private LibvirtInstance launch(LaunchRequest request, PhaseRecorder phases, byte[] initrd) throws LaunchException {
        ImageConfig config = image.config();
        Path directory = lab.workDirectory().resolve(request.name());
        LibvirtInstance instance = null;
        try {
            Files.createDirectories(directory);
            Path overlay = directory.resolve("disk.qcow2");
            Path initrdFile = directory.resolve("initrd");
            Qcow2Overlay.create(overlay, image.disk());
            Files.write(initrdFile, initrd);
            instance = new LibvirtInstance(
                    request, directory, lab.runDirectory(), config.stopSignal(), limits.memoryBytes(), phases);
            String xml = xml(request, instance, initrdFile, overlay).render();
            phases.mark(PhaseName.CREATED);
            Domain domain = start(xml, instance);
            instance.started(domain);
            if (needsQuota(definition, limits, lab)) {
                instance.limited(limit(request.name()));
                domain.resume();
            }
            phases.mark(PhaseName.STARTED);
            return instance;
        } catch (IOException | LibvirtException e) {
            if (instance != null) {
                instance.close();
            }
            throw new LaunchException(
                    "engine", "libvirt could not start the machine: " + e.getMessage() + ". Run `bench doctor`", e);
        }
    }

    /** Only the embedded driver starts QEMU from here; a daemon gives it a group by itself. */
    private Domain start(String xml, LibvirtInstance instance) throws IOException, LibvirtException {
        if (!accounted || !embedded()) {
            return connection.domainCreateXML(xml, startFlags());
        }
        Path group = Cgroups.createForMemory("bench/" + lab.runId() + "/" + instance.name());
        instance.accountedIn(group);
        try (Cgroups.Entry entry = Cgroups.enter(group)) {
            return connection.domainCreateXML(xml, startFlags());
        }
    }

    private boolean embedded() {
        return lab.service(LibvirtDriver.KEY).contains(EMBEDDED);
    }

    private int startFlags() {
        if (!embedded()) {
            return START_AUTODESTROY;
        }
        return needsQuota(definition, limits, lab) ? START_PAUSED : 0;
    }

    /** As many processors as a machine has virtual ones are those by themselves; only less than that needs a quota. */
    private static boolean needsQuota(TargetDefinition definition, Limits limits, LabView lab) {
        return lab.service(LibvirtDriver.KEY).contains(EMBEDDED) && limits.cpus() < vcpus(definition, limits);
    }

    private static int vcpus(TargetDefinition definition, Limits limits) {
        String chosen = definition.option(LibvirtDriver.VCPUS);
        return chosen.isEmpty() ? limits.vcpus() : Integer.parseInt(chosen);
    }

    /**
     * Gives the whole machine, emulation included, the processor time that a container gets. The embedded driver
     * sets up no control groups; the machine is still paused, so that no instruction of the guest runs outside.
     *
     * @return the directories of its group
     */
    private List<Path> limit(String name) throws IOException {
        List<Path> groups =
                Cgroups.create("bench/" + lab.runId() + "/" + name, new Limits(limits.cpus(), UNLIMITED_BYTES));
        String pid = Files.readString(
                        lab.runDirectory().resolve("libvirt/run/qemu").resolve(name + ".pid"))
                .strip();
        for (Path group : groups) {
            Files.writeString(group.resolve("cgroup.procs"), pid);
        }
        return groups;
    }

    private DomainXml xml(LaunchRequest request, LibvirtInstance instance, Path initrd, Path overlay)
            throws IOException {
        String cpu = definition.option(LibvirtDriver.CPU);
        return new DomainXml(
                request.name(),
                lab.runId(),
                kvm,
                definition.option(LibvirtDriver.MACHINE),
                cpu.isEmpty() ? (kvm ? "host-passthrough" : "maximum") : cpu,
                vcpus(definition, limits),
                limits.processors(),
                limits.memoryBytes(),
                kernel.image(),
                initrd,
                GuestKernel.COMMAND_LINE,
                overlay,
                image.disk(),
                Qcow2Overlay.formatOf(image.disk()),
                lab.bridge(),
                request.address(),
                instance.consolePath(),
                instance.controlPath(),
                instance.outputPath(),
                quickStart);
    }

    @Override
    public Observation observe(LaunchRequest request) throws TargetException {
        try {
            String key = proofKey();
            ProvenDisks.@Nullable Proof known = proven.find(key);
            if (known != null && known.treeDigest().equals(image.treeDigest())) {
                Seen record = record(request, null);
                return observation(request, record, known.treeDigest(), known.at());
            }
            Seen record = record(request, "digest");
            String digest = record.manifest().strip();
            Observation observation = observation(request, record, digest, null);
            if (digest.equals(image.treeDigest())) {
                proven.remember(key, digest);
            }
            return observation;
        } catch (IOException e) {
            throw unobservable(String.valueOf(e.getMessage()));
        }
    }

    private String proofKey() throws IOException {
        return ProvenDisks.key(
                image.disk(),
                kernel.image(),
                initramfs.withObservation(new byte[0], Observer.program()),
                List.of(
                        facts.getOrDefault("hypervisor", ""),
                        definition.option(LibvirtDriver.MACHINE),
                        definition.option(LibvirtDriver.CPU),
                        kvm ? "kvm" : "tcg"));
    }

    private Observation observation(LaunchRequest request, Seen record, String treeDigest, @Nullable Instant treeReadAt)
            throws TargetException {
        Observer.Seen seen = Observer.parse(record.output());
        if (seen == null) {
            throw unobservable(
                    record.failure().isEmpty()
                            ? "the observer printed: " + record.output().strip()
                            : record.failure());
        }
        return new Observation(
                seen.identity(treeDigest, treeReadAt, Double.MAX_VALUE, Long.MAX_VALUE),
                () -> record(request, "text").manifest());
    }

    /**
     * Holds what an observing machine left.
     *
     * @param output what the observer printed
     * @param manifest what was listed of the tree
     * @param failure the step of init that failed, in words; empty where none did
     */
    private record Seen(String output, String manifest, String failure) {}

    private Seen record(LaunchRequest request, @Nullable String form) throws TargetException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        LaunchRequest listening = new LaunchRequest(
                request.name(), request.address(), request.log(), piece -> output.writeBytes(piece.bytes()));
        try {
            byte[] initrd = initramfs.withObservation(
                    program(request).observe(image.config(), runtime, form), Observer.program());
            try (LibvirtInstance instance = launch(listening, new PhaseRecorder(), initrd)) {
                LibvirtInstance.@Nullable Record record = instance.awaitRecord(OBSERVATION_TIMEOUT);
                if (record == null) {
                    throw unobservable("no end within ten minutes");
                }
                return new Seen(output.toString(StandardCharsets.UTF_8), record.manifest(), record.failure());
            }
        } catch (IOException | LaunchException e) {
            throw unobservable(String.valueOf(e.getMessage()));
        }
    }

    private TargetException unobservable(String problem) {
        return new TargetException(
                definition.name(),
                "cannot observe the workload from inside: " + problem,
                "Check workload.command, workload.user and limits.memory",
                null);
    }

    @Override
    public void accountMemory() {
        accounted = true;
    }

    @Override
    public List<Long> daemons() {
        // The embedded driver is a part of this process, which nothing can tell from the rest of it.
        return embedded() ? List.of() : Processes.executing(DAEMONS);
    }

    @Override
    public long imageBytes() throws IOException {
        return FileTrees.allocatedBytes(List.of(image.disk(), kernel.image()));
    }

    @Override
    public void close() {
        if (builder != null) {
            builder.close();
        }
        try {
            connection.close();
        } catch (LibvirtException e) {
            // The run's end kills what the embedded driver may have left.
        }
    }
}
