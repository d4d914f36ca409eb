package dev.bench.libvirt;

import dev.bench.guest.ClassicSystem;
import dev.bench.guest.GuestFrame;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.registry.StoredFile;
import dev.bench.result.TargetKind;
import dev.bench.target.BuildRequest;
import dev.bench.target.DeliveryRequest;
import dev.bench.target.Drivers;
import dev.bench.target.EngineBuilder;
import dev.bench.target.ImageBuilder;
import dev.bench.target.ImageDelivery;
import dev.bench.target.ImageEngine;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.OptionFault;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.ServiceHost;
import dev.bench.target.StackRequest;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;

/** Launches virtual machines. */
final class LibvirtTarget implements Target {
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
        Optional<OptionFault> fault = GuestFaults.find(definition, limits);
        if (fault.isPresent()) {
            throw new TargetException(definition.name(), fault.get().message(), "", null);
        }
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
                MachineStarter.needsQuota(definition, limits, lab)
                        ? "cgroup v" + Cgroups.version() + " around the emulator; memory by the machine's size"
                        : "virtual processors and memory size");
        if (SharedRoot.is(definition)) {
            facts.put(SharedRoot.KEY, SharedRoot.DESCRIPTION + LibvirtPlace.requireServer());
        } else {
            facts.put(
                    "disk",
                    String.format(
                            Locale.ROOT,
                            "qcow2, %d MiB on disk of %d MiB virtual",
                            FileTrees.allocatedBytes(List.of(image.disk())) >> 20,
                            Qcow2Overlay.virtualSize(image.disk()) >> 20));
        }
        ClassicSystem system = hypervisor.classic();
        if (system != null) {
            facts.put(
                    "system disk",
                    String.format(
                            Locale.ROOT,
                            "qcow2, %d MiB on disk, its own; the disk above is the machine's second",
                            FileTrees.allocatedBytes(List.of(system.disk())) >> 20));
        }
        facts.put("balloon", "none");
        switch (StartMode.of(definition)) {
            case RESUME -> facts.put(StartMode.KEY, "resume, its processors let go on by libvirt");
            case RESTORE -> facts.put(StartMode.KEY, "restore, from libvirt's saved state, in the page cache");
            case COLD -> {
                // As every machine is.
            }
        }
        String dockerfile = definition.option(LibvirtDriver.DOCKERFILE.key());
        if (!dockerfile.isEmpty()) {
            facts.put("builder", "buildkit, then one tree of its layers, then a raw disk");
            facts.put("Dockerfile", dockerfile);
        }
        String delivery = definition.option(LibvirtDriver.DELIVERY);
        if (!delivery.isEmpty()) {
            facts.put("delivery", LibvirtDelivery.describe(StoredFile.Form.of(delivery)));
        }
        if (!definition.option(LibvirtDriver.MACHINES).isEmpty()) {
            facts.put(
                    "services",
                    runsTogether(definition)
                            ? "processes of one machine, each in a root, control group and PID, mount, host name and IPC"
                                    + " name space of its own; names resolve to the machine's address"
                            : "a machine each; names resolve by /etc/hosts");
            facts.put(
                    "volumes",
                    "ext4 on raw disks, cache mode writeback; what is bound is copied onto a disk"
                            + (LibvirtPlace.server().isPresent()
                                    ? ", but directories that may be written to are shared by virtiofs"
                                    : ""));
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
    public Optional<ServiceHost> stack(StackRequest request) throws LaunchException {
        return Optional.of(
                LibvirtServices.open(request, limits, lab, hypervisor, this::starter, runsTogether(definition)));
    }

    private static boolean runsTogether(TargetDefinition definition) {
        return definition.option(LibvirtDriver.MACHINES).equals(LibvirtDriver.TOGETHER);
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
        return launch(request, phases, carrier(request).with(program(request).launch(image.config(), runtime)));
    }

    private ProgramCarrier carrier(LaunchRequest request) {
        return ProgramCarrier.of(hypervisor, request.address(), lab.network());
    }

    private GuestProgram program(LaunchRequest request) {
        GuestFrame frame = hypervisor.classic() == null ? GuestFrame.LEAN : GuestFrame.CLASSIC;
        return new GuestProgram(
                frame,
                SharedRoot.is(definition) ? frame.share(DomainData.ROOT_TAG) : frame.disk(),
                hypervisor.initramfs().modules(),
                request.name(),
                request.address(),
                lab.network(),
                limits.memoryBytes(),
                resourceLimits,
                place == null ? List.of() : place.mounts());
    }

    private LibvirtInstance launch(LaunchRequest request, PhaseRecorder phases, byte[] carried) throws LaunchException {
        MachineStarter starter = starter(limits);
        if (place != null) {
            place.starts(starter.overlay(request.name()));
        }
        MachineStarter.Machine machine = new MachineStarter.Machine(
                root(definition, image),
                place == null ? DomainData.ROOT : place.data(),
                image.config().stopSignal(),
                null);
        ClassicSystem system = hypervisor.classic();
        return system == null
                ? starter.start(request, phases, carried, machine)
                : starter.startClassic(request, phases, carried, system, machine);
    }

    @Override
    public Optional<KeptState> keep(Instance instance) throws LaunchException {
        LibvirtInstance machine = (LibvirtInstance) instance;
        return Optional.of(
                StartMode.of(definition) == StartMode.RESTORE
                        ? SavedMachine.save(machine, starter(limits))
                        : machine.pause());
    }

    /** Returns what all machines of an image share as their root: its disk, or its tree. */
    private static Path root(TargetDefinition definition, PreparedImage image) {
        return SharedRoot.is(definition) ? image.tree() : image.disk();
    }

    private MachineStarter starter(Limits size) {
        return new MachineStarter(definition, size, lab, hypervisor, accounted);
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
            public ProgramCarrier carrier(LaunchRequest observing) {
                return LibvirtTarget.this.carrier(observing);
            }

            @Override
            public LibvirtInstance launch(LaunchRequest observing, PhaseRecorder phases, byte[] carried)
                    throws LaunchException {
                return LibvirtTarget.this.launch(observing, phases, carried);
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
        return FileTrees.allocatedBytes(List.of(root(definition, image), hypervisor.booted()));
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
