package dev.bench.libvirt;

import dev.bench.guest.ClassicSystem;
import dev.bench.guest.Firmware;
import dev.bench.guest.GuestKernel;
import dev.bench.guest.UncompressedKernel;
import dev.bench.host.Capability;
import dev.bench.host.ProgramVersion;
import dev.bench.host.SystemFiles;
import dev.bench.registry.StoredFile;
import dev.bench.result.TargetKind;
import dev.bench.target.DriverPackages;
import dev.bench.target.Endpoint;
import dev.bench.target.Examination;
import dev.bench.target.Faculty;
import dev.bench.target.HostChecks;
import dev.bench.target.ImageBuilder;
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
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/** Opens targets that are virtual machines of libvirt's QEMU driver. */
public final class LibvirtDriver implements TargetDriver {
    static final String KEY = "libvirt";
    static final String MACHINE = "machine";
    static final String ACCELERATOR = "accelerator";
    static final String KERNEL = "kernel";
    static final String VCPUS = "vcpus";
    static final String CPU = "cpu";
    static final String DELIVERY = "delivery";
    static final String MACHINES = "machines";
    static final String TOGETHER = "one";
    static final String GUEST = "guest";
    static final String DISK = "disk";
    static final String FIRMWARE = "firmware";
    static final String LEAN = "lean";
    static final String CLASSIC = "classic";

    /** What an emulated one takes; the estimate counts the worst. */
    private static final double CLASSIC_SECONDS = 25;

    static final OptionSpec DOCKERFILE = ImageBuilder.dockerfileOption();

    static final Endpoint ENDPOINT = new Endpoint(
            "libvirtUri",
            "--libvirt-uri",
            "LIBVIRT_DEFAULT_URI",
            "Use this libvirt, such as qemu:///system, instead of the embedded driver."
                    + " Default: $LIBVIRT_DEFAULT_URI.");

    @Override
    public String key() {
        return KEY;
    }

    @Override
    public Set<String> needs(TargetDefinition definition) {
        Set<String> needs = new HashSet<>();
        if (LibvirtPlace.shares(definition) || SharedRoot.is(definition)) {
            needs.add(LibvirtChecks.VIRTIOFS_NEED);
        }
        if (PvhBoot.is(definition)) {
            needs.add(LibvirtChecks.PVH_NEED);
        }
        if (firmware(definition) == Firmware.UEFI) {
            needs.add(LibvirtChecks.UEFI_NEED);
        }
        if (isClassic(definition) && definition.option(DISK).isEmpty()) {
            needs.add(LibvirtChecks.CLASSIC_NEED);
        }
        return needs;
    }

    /** Returns what starts a target's machines that boot a whole system. */
    static Firmware firmware(TargetDefinition definition) {
        return Firmware.of(definition.option(FIRMWARE));
    }

    /** Returns whether a target's machines boot a whole system. */
    static boolean isClassic(TargetDefinition definition) {
        return definition.option(GUEST).equals(CLASSIC);
    }

    @Override
    public TargetKind kind() {
        return TargetKind.VM;
    }

    @Override
    public List<OptionSpec> options() {
        return List.of(
                new OptionSpec(
                        GUEST,
                        OptionSpec.Type.CHOICE,
                        List.of(LEAN, CLASSIC),
                        LEAN,
                        "What runs beside the workload: nothing but a kernel and an init of its own, or a whole Debian with"
                                + " firmware, boot loader, kernel, initial RAM disk and systemd."),
                new OptionSpec(
                        DISK,
                        OptionSpec.Type.PATH,
                        List.of("/srv/system.qcow2"),
                        "",
                        "Disk to boot with guest: classic, qcow2 or raw, in place of the Debian that is made; its system has"
                                + " to unpack the archive that is its third disk below /run and to execute"
                                + " /run/bench/workload in a delegated unit, bench-workload.service."),
                new OptionSpec(
                        FIRMWARE,
                        OptionSpec.Type.CHOICE,
                        Firmware.labels(),
                        Firmware.BIOS.label(),
                        "What starts a classic machine: a BIOS, SeaBIOS, from the boot code of its disk; or a UEFI, OVMF, from"
                                + " the disk's EFI system partition, without secure boot."),
                new OptionSpec(
                        MACHINE, OptionSpec.Type.TEXT, List.of("q35", "pc"), "q35", "Machine type, as QEMU names it."),
                new OptionSpec(
                        ACCELERATOR,
                        OptionSpec.Type.CHOICE,
                        List.of("auto", "kvm", "tcg"),
                        "auto",
                        "KVM, or emulation; auto boots a probe guest under KVM and falls back to emulation."),
                new OptionSpec(
                        KERNEL,
                        OptionSpec.Type.PATH,
                        List.of("/boot/vmlinuz"),
                        "",
                        "Kernel to boot, a bzImage; the host's own where it is readable, else the newest in /boot."),
                PvhBoot.OPTION,
                SharedRoot.OPTION,
                new OptionSpec(
                        VCPUS,
                        OptionSpec.Type.WHOLE_NUMBER,
                        List.of("1", "2"),
                        "",
                        "Virtual processors; limits.cpus rounded up where none is given."),
                new OptionSpec(
                        CPU,
                        OptionSpec.Type.TEXT,
                        List.of("host-passthrough", "maximum"),
                        "",
                        "CPU mode; host-passthrough under KVM and maximum under emulation where none is given."));
    }

    @Override
    public Optional<List<OptionSpec>> options(Faculty faculty) {
        return switch (faculty) {
            case BUILD -> Optional.of(List.of(DOCKERFILE));
            case STORE -> Optional.of(LibvirtPlace.OPTIONS);
            case START -> Optional.of(StartMode.OPTIONS);
            case STACK ->
                Optional.of(List.of(new OptionSpec(
                        MACHINES,
                        OptionSpec.Type.CHOICE,
                        List.of("each", TOGETHER),
                        "each",
                        "How many machines an application's services run in: one each, or one for all, whose processes"
                                + " they are.")));
            case DELIVER ->
                Optional.of(List.of(new OptionSpec(
                        DELIVERY,
                        OptionSpec.Type.CHOICE,
                        StoredFile.Form.labels(),
                        StoredFile.Form.labels().get(0),
                        "How its disk is stored and fetched, where images are delivered: the whole file, that"
                                + " compressed, or compressed chunks of which only new ones are moved.")));
        };
    }

    @Override
    public long placeBytes(TargetDefinition definition, Limits limits) {
        return LibvirtPlace.capacity(definition);
    }

    @Override
    public Optional<OptionFault> notFresh(TargetDefinition definition) {
        return LibvirtPlace.notFresh(definition);
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition) {
        return GuestFaults.find(definition).or(() -> LibvirtPlace.fault(definition));
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition, Limits limits) {
        return GuestFaults.find(definition, limits);
    }

    @Override
    public Optional<OptionFault> fault(TargetDefinition definition, Stack stack) {
        return definition.option(MACHINES).equals(TOGETHER)
                ? SharedPorts.clash(stack, Map.of()).map(clash -> new OptionFault(MACHINES, clash))
                : Optional.empty();
    }

    @Override
    public Target open(TargetDefinition definition, PreparedImage image, Limits limits, LabView lab)
            throws TargetException {
        return LibvirtTarget.open(definition, image, limits, lab);
    }

    @Override
    public Optional<Endpoint> endpoint() {
        return Optional.of(ENDPOINT);
    }

    @Override
    public Optional<LabService.Starter> service() {
        return Optional.of(LibvirtService::start);
    }

    @Override
    public LeftoverRemoval leftovers() {
        return new LibvirtLeftovers();
    }

    @Override
    public HostChecks checks() {
        return new Checks();
    }

    @Override
    public DriverPackages packages() {
        return new LibvirtPackages();
    }

    @Override
    public Map<String, String> versions(SystemFiles files) {
        Map<String, String> versions = new LinkedHashMap<>();
        LibvirtLibrary.version(files).ifPresent(version -> versions.put("libvirt", version));
        ProgramVersion.of("qemu-system-x86_64").known().ifPresent(version -> versions.put("qemu", version));
        return versions;
    }

    @Override
    public void prepare(TargetDefinition definition, Path cacheDirectory, Consumer<String> progress)
            throws IOException {
        if (isClassic(definition) && definition.option(DISK).isEmpty()) {
            ClassicSystem.prepare(cacheDirectory, firmware(definition), progress);
        }
        if (PvhBoot.is(definition)) {
            UncompressedKernel.of(GuestKernel.find(definition.option(KERNEL)), cacheDirectory);
        }
    }

    @Override
    public TypicalStart typicalStart(TargetDefinition definition) {
        // What a kept state is made of is started cold, and saved in as long again; the next ramp waits until the
        // memory of a machine has come back.
        double start = StartMode.of(definition) == StartMode.RESTORE ? 7 : 3.5;
        if (isClassic(definition)) {
            return new TypicalStart(CLASSIC_SECONDS, 2, 4e-3, 9);
        }
        return new TypicalStart(start, 2, 4e-3, 9);
    }

    private static final class Checks implements HostChecks {
        @Override
        public List<Capability> software(Examination examination) {
            return new LibvirtChecks(examination, AccelerationProbe::boot).software();
        }

        @Override
        public List<Capability> isolation(Examination examination, Path scratch) throws IOException {
            return List.of(new LibvirtChecks(examination, AccelerationProbe::boot).tap(scratch));
        }

        @Override
        public Set<String> architectures() {
            return Set.of("amd64");
        }
    }
}
