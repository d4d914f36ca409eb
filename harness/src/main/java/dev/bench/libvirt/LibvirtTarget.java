package dev.bench.libvirt;

import dev.bench.guest.GuestKernel;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.registry.StoredFile;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.BuildRequest;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.Drivers;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.ImageDelivery;
import dev.bench.target.ImageEngine;
import dev.bench.target.Instance;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
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

    private static final Set<String> DAEMONS =
            Set.of("libvirtd", "virtqemud", "virtlogd", "virtlockd", "virtnetworkd", "virtstoraged");

    private final TargetDefinition definition;
    private final PreparedImage image;
    private final RuntimeEnvironment runtime;
    private final Limits limits;
    private final LabView lab;
    private final Hypervisor hypervisor;
    private final Map<String, String> facts;
    private final List<ResourceLimit> resourceLimits = ResourceLimit.inherited();
    private final @Nullable LibvirtPlace place;
    private volatile boolean accounted;
    private @Nullable LibvirtImageBuilder builder;
    private @Nullable LibvirtDelivery delivery;

    private LibvirtTarget(
            TargetDefinition definition,
            PreparedImage image,
            RuntimeEnvironment runtime,
            Limits limits,
            LabView lab,
            Hypervisor hypervisor,
            Map<String, String> facts,
            @Nullable LibvirtPlace place) {
        this.definition = definition;
        this.image = image;
        this.runtime = runtime;
        this.limits = limits;
        this.lab = lab;
        this.hypervisor = hypervisor;
        this.facts = facts;
        this.place = place;
    }

    static LibvirtTarget open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        try {
            Hypervisor hypervisor = Hypervisor.open(definition, lab);
            return new LibvirtTarget(
                    definition,
                    image,
                    RuntimeEnvironment.of(image.config(), image.tree()),
                    limits,
                    lab,
                    hypervisor,
                    facts(definition, image, limits, lab, hypervisor),
                    null);
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

    private static Map<String, String> facts(
            TargetDefinition definition, PreparedImage image, Limits limits, LabView lab, Hypervisor hypervisor)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>(hypervisor.facts());
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
        String delivery = definition.option(LibvirtDriver.DELIVERY);
        if (!delivery.isEmpty()) {
            facts.put("delivery", LibvirtDelivery.describe(StoredFile.Form.of(delivery)));
        }
        return facts;
    }

    /** Returns what launches instances of another disk of the same image; it needs not to be closed. */
    LibvirtTarget launching(PreparedImage other) {
        return launching(other, runtime);
    }

    /** Returns what launches instances of another image; it needs not to be closed. */
    LibvirtTarget launching(PreparedImage other, RuntimeEnvironment environment) {
        return new LibvirtTarget(definition, other, environment, limits, lab, hypervisor, facts, null);
    }

    @Override
    public Optional<Place> place(PlaceRequest request) throws LaunchException {
        return Optional.of(LibvirtPlace.open(this, request, lab.workDirectory()));
    }

    /**
     * Returns what launches the same machines by a connection of its own, which knows nothing of those there were; closing
     * it closes that only. Empty where they are launched by a daemon, which is not ours to start anew.
     */
    Optional<LibvirtTarget> anew() throws LibvirtException {
        return Hypervisor.embedded(lab)
                ? Optional.of(new LibvirtTarget(
                        definition, image, runtime, limits, lab, hypervisor.connectedAnew(lab), facts, place))
                : Optional.empty();
    }

    /**
     * Returns what launches instances that have a place; it needs not to be closed.
     *
     * @throws IOException where the guest's kernel has no module for it
     */
    LibvirtTarget with(LibvirtPlace own, List<String> argv) throws IOException, ImageException {
        PreparedImage running = image.executing(argv);
        return new LibvirtTarget(
                definition,
                running,
                RuntimeEnvironment.of(running.config(), running.tree()),
                limits,
                lab,
                hypervisor.booting(own.modules()),
                facts,
                own);
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
        return !hypervisor.kvm();
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
        return launch(
                request, phases, hypervisor.initramfs().with(program(request).launch(image.config(), runtime)));
    }

    private GuestProgram program(LaunchRequest request) {
        return new GuestProgram(
                hypervisor.initramfs().modules(),
                request.name(),
                request.address(),
                lab.network(),
                limits.memoryBytes(),
                resourceLimits,
                place == null ? List.of() : place.mounts());
    }

    private LibvirtInstance launch(LaunchRequest request, PhaseRecorder phases, byte[] initrd) throws LaunchException {
        ImageConfig config = image.config();
        Path directory = lab.workDirectory().resolve(request.name());
        LibvirtInstance instance = null;
        try {
            Files.createDirectories(directory);
            Path overlay = directory.resolve(LibvirtInstance.DISK);
            Path initrdFile = directory.resolve("initrd");
            if (!Files.exists(overlay)) {
                Qcow2Overlay.create(overlay, image.disk());
            }
            if (place != null) {
                place.starts(overlay);
            }
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
                    FailureKind.ENGINE,
                    "libvirt could not start the machine: " + e.getMessage() + ". Run `bench doctor`",
                    e);
        }
    }

    /** Only the embedded driver starts QEMU from here; a daemon gives it a group by itself. */
    private Domain start(String xml, LibvirtInstance instance) throws IOException, LibvirtException {
        if (!accounted || !Hypervisor.embedded(lab)) {
            return hypervisor.connection().domainCreateXML(xml, startFlags());
        }
        Path group = Cgroups.createForMemory("bench/" + lab.runId() + "/" + instance.name());
        instance.accountedIn(group);
        try (Cgroups.Entry entry = Cgroups.enter(group)) {
            return hypervisor.connection().domainCreateXML(xml, startFlags());
        }
    }

    private int startFlags() {
        if (!Hypervisor.embedded(lab)) {
            return START_AUTODESTROY;
        }
        return needsQuota(definition, limits, lab) ? START_PAUSED : 0;
    }

    /** As many processors as a machine has virtual ones are those by themselves; only less than that needs a quota. */
    private static boolean needsQuota(TargetDefinition definition, Limits limits, LabView lab) {
        return Hypervisor.embedded(lab) && limits.cpus() < vcpus(definition, limits);
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
        boolean kvm = hypervisor.kvm();
        String cpu = definition.option(LibvirtDriver.CPU);
        return new DomainXml(
                request.name(),
                lab.runId(),
                new DomainXml.Machine(
                        kvm,
                        definition.option(LibvirtDriver.MACHINE),
                        cpu.isEmpty() ? (kvm ? "host-passthrough" : "maximum") : cpu,
                        vcpus(definition, limits),
                        limits.processors(),
                        limits.memoryBytes()),
                new DomainXml.Boot(hypervisor.kernel().image(), initrd, GuestKernel.COMMAND_LINE),
                new DomainXml.Disk(overlay, image.disk(), Qcow2Overlay.formatOf(image.disk())),
                new DomainXml.Nic(lab.bridge(), request.address()),
                instance.ports(),
                place == null ? DomainData.ROOT : place.data(),
                hypervisor.quickStart());
    }

    @Override
    public Observation observe(LaunchRequest request) throws TargetException {
        return observation().observe(request);
    }

    @Override
    public Optional<String> standIn(LaunchRequest request, byte[] program) throws TargetException {
        return Optional.of(observation().standIn(request, program));
    }

    private GuestObservation observation() {
        return new GuestObservation(definition, image, runtime, hypervisor, lab, new GuestObservation.Machines() {
            @Override
            public GuestProgram program(LaunchRequest observing) {
                return LibvirtTarget.this.program(observing);
            }

            @Override
            public LibvirtInstance launch(LaunchRequest observing, PhaseRecorder phases, byte[] initrd)
                    throws LaunchException {
                return LibvirtTarget.this.launch(observing, phases, initrd);
            }
        });
    }

    @Override
    public void accountMemory() {
        accounted = true;
    }

    @Override
    public List<Long> daemons() {
        // The embedded driver is a part of this process, which nothing can tell from the rest of it.
        return Hypervisor.embedded(lab) ? List.of() : Processes.executing(DAEMONS);
    }

    @Override
    public long imageBytes() throws IOException {
        return FileTrees.allocatedBytes(
                List.of(image.disk(), hypervisor.kernel().image()));
    }

    @Override
    public Optional<ImageDelivery> delivery(DeliveryRequest request) throws TargetException {
        try {
            delivery = LibvirtDelivery.open(
                    this,
                    image,
                    StoredFile.Form.of(definition.option(LibvirtDriver.DELIVERY)),
                    request,
                    lab.workDirectory().resolve(request.name()));
            return Optional.of(delivery);
        } catch (IOException e) {
            throw new TargetException(
                    definition.name(),
                    "cannot make the disks that are to be delivered: " + e.getMessage(),
                    "Check the space on the cache's disk",
                    e);
        }
    }

    @Override
    public void close() {
        if (builder != null) {
            builder.close();
        }
        if (delivery != null) {
            delivery.close();
        }
        try {
            hypervisor.connection().close();
        } catch (LibvirtException e) {
            // The run's end kills what the embedded driver may have left.
        }
    }
}
