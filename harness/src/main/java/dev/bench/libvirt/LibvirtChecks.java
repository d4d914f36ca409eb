package dev.bench.libvirt;

import dev.bench.guest.BootDisk;
import dev.bench.guest.Firmware;
import dev.bench.guest.GuestKernel;
import dev.bench.host.Capability;
import dev.bench.host.Distribution;
import dev.bench.host.Executables;
import dev.bench.host.NamespaceTrial;
import dev.bench.host.ProgramVersion;
import dev.bench.host.Software;
import dev.bench.host.SystemFiles;
import dev.bench.libvirt.AccelerationProbe.Acceleration;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whether libvirt and its emulator are there, and whether guests run. */
final class LibvirtChecks {
    static final Software LIBVIRT = Software.of("libvirt-daemon", "libvirt-daemon-driver-qemu", "libvirt0");
    static final Software KERNEL = new Software(List.of("linux-image-cloud-amd64"), List.of("linux-image-virtual"));
    private static final Software FIRMWARE = Software.of("qemu-system-data");
    private static final Software QEMU = Software.of("qemu-system-x86");

    /** Before these releases it came with QEMU. */
    private static final int FIRST_DEBIAN_WITH_VIRTIOFSD = 13;

    private static final int FIRST_UBUNTU_WITH_VIRTIOFSD = 23;
    private static final String VIRTIOFSD = "virtiofsd";
    static final String VIRTIOFS_NEED = LibvirtDriver.KEY + ":virtiofs";
    static final String PVH_NEED = LibvirtDriver.KEY + ":" + PvhBoot.PVH;
    static final String UEFI_NEED = LibvirtDriver.KEY + ":" + Firmware.UEFI.label();
    static final String CLASSIC_NEED = LibvirtDriver.KEY + ":" + LibvirtDriver.CLASSIC;

    // grub-common has the program, the other what it puts together; the archive's keys are not on Ubuntu by themselves.
    private static final Software CLASSIC =
            Software.of("grub-common", "grub-pc-bin", "mmdebstrap", "debian-archive-keyring");
    private static final Software UEFI = Software.of("ovmf", "grub-efi-amd64-bin", "mtools");
    private static final Set<String> NEEDED_BY = Set.of(LibvirtDriver.KEY);
    private static final String SETUP = "run `bench setup`";
    private static final String DRIVER = "libvirt/connection-driver/libvirt_driver_qemu.so";

    private final Examination examination;
    private final SystemFiles files;
    private final AccelerationProbe probe;

    LibvirtChecks(Examination examination, AccelerationProbe probe) {
        this.examination = examination;
        this.files = examination.files();
        this.probe = probe;
    }

    List<Capability> software() {
        return List.of(
                libvirt(), emulator(), kvm().asRootOnly(), kernel().asRootOnly(), sharing(), pvh(), classic(), uefi());
    }

    Capability tap(Path scratch) throws IOException {
        String name = "tun device";
        String consequence = "virtual machines cannot be put on the lab's bridge";
        String remedy = "load the kernel module tun, and make /dev/net/tun (character device 10:200)";
        try (FileChannel device =
                FileChannel.open(files.path("/dev/net/tun"), StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return NamespaceTrial.of(
                            name,
                            "a tap interface was made in a namespace of its own",
                            consequence,
                            remedy,
                            NamespaceTrial.network(scratch, "tuntap add dev tap0 mode tap\n"))
                    .neededBy(NEEDED_BY)
                    .asRootOnly();
        } catch (IOException e) {
            return Capability.missing(name, "/dev/net/tun cannot be opened: " + e.getMessage(), consequence, remedy)
                    .neededBy(NEEDED_BY)
                    .asRootOnly();
        }
    }

    private Capability libvirt() {
        String name = "libvirt";
        String consequence = "virtual machines cannot be measured";
        String uri = examination.endpoints().get(LibvirtDriver.ENDPOINT.key());
        Optional<String> version = LibvirtLibrary.version(files);
        if (version.isEmpty()) {
            return Capability.missing(name, "libvirt.so.0 is not installed", consequence, SETUP)
                    .mendedBy(LIBVIRT.packages(examination.distribution()))
                    .neededBy(NEEDED_BY);
        }
        if (uri != null) {
            return Capability.ok(name, "client library " + version.get() + "; " + uri + " is tried when a run starts");
        }
        if (driver().isEmpty()) {
            return Capability.missing(name, "libvirt " + version.get() + " without its QEMU driver", consequence, SETUP)
                    .mendedBy(LIBVIRT.packages(examination.distribution()))
                    .neededBy(NEEDED_BY);
        }
        if (!EmulatorUser.exists(files)) {
            return Capability.missing(
                            name,
                            "the system user " + EmulatorUser.NAME
                                    + ", which libvirt's driver looks up, does not exist",
                            consequence,
                            SETUP)
                    .mendedBy(LIBVIRT.packages(examination.distribution()))
                    .neededBy(NEEDED_BY);
        }
        if (!EmulatorUser.mayOpenKvm(files)) {
            return Capability.degraded(
                            name,
                            "the system user " + EmulatorUser.NAME + " is not in the group " + EmulatorUser.KVM_GROUP
                                    + ", which /dev/kvm belongs to",
                            "a libvirtd of this host looks its emulator over again and again, a minute for every machine;"
                                    + " the embedded driver does not",
                            SETUP)
                    .mendedBy(LIBVIRT.packages(examination.distribution()));
        }
        return Capability.ok(name, "libvirt " + version.get() + " with the QEMU driver, embedded");
    }

    private Optional<Path> driver() {
        Optional<Path> library = LibvirtLibrary.find(files);
        return library.map(file -> file.resolveSibling(DRIVER)).filter(Files::isReadable);
    }

    private Capability emulator() {
        String name = "QEMU";
        String consequence = "virtual machines cannot be measured";
        ProgramVersion version = ProgramVersion.of("qemu-system-x86_64");
        if (version.version() != null) {
            return Capability.ok(name, "qemu-system-x86_64 " + version.version());
        }
        return version.installed()
                ? Capability.missing(name, version.problem(), consequence, "mend that, and ask again")
                        .neededBy(NEEDED_BY)
                : Capability.missing(name, version.problem(), consequence, SETUP)
                        .mendedBy(QEMU.packages(examination.distribution()))
                        .neededBy(NEEDED_BY);
    }

    private Capability sharing() {
        return LibvirtPlace.server()
                .map(program -> Capability.ok(VIRTIOFSD, program.toString()))
                .orElseGet(() -> lacking(
                        VIRTIOFSD,
                        "not installed",
                        "targets with `place: virtiofs` or `root: virtiofs` cannot be measured, nor volumes that several"
                                + " machines share",
                        "take another place or root",
                        virtiofsd(examination.distribution()),
                        VIRTIOFS_NEED));
    }

    private Capability pvh() {
        return PvhBoot.firmware()
                .map(firmware -> Capability.ok(PvhBoot.NAME, firmware.toString()))
                .orElseGet(() -> lacking(
                        PvhBoot.NAME,
                        "not installed",
                        "targets with `boot: pvh` cannot be measured",
                        "take boot: bzimage",
                        FIRMWARE,
                        PVH_NEED));
    }

    private Capability classic() {
        String name = "classic machines";
        Map<String, Boolean> parts = new LinkedHashMap<>();
        for (String program : List.of("grub-mkimage", "mmdebstrap")) {
            parts.put(program, Executables.find(program).isPresent());
        }
        parts.put("GRUB for a BIOS", BootDisk.hasLoader(Firmware.BIOS));
        String missing = missing(parts);
        return missing.isEmpty()
                ? Capability.ok(name, "GRUB and mmdebstrap, which make their disk")
                : lacking(
                        name,
                        "not installed: " + missing,
                        "targets with `guest: classic` cannot be measured",
                        "take guest: lean",
                        CLASSIC,
                        CLASSIC_NEED);
    }

    private Capability uefi() {
        String name = "UEFI for classic machines";
        Map<String, Boolean> parts = new LinkedHashMap<>();
        parts.put("OVMF", Firmware.hasUefi());
        parts.put("GRUB for a UEFI", BootDisk.hasLoader(Firmware.UEFI));
        parts.put("mtools", Executables.find("mformat").isPresent());
        String missing = missing(parts);
        return missing.isEmpty()
                ? Capability.ok(name, "OVMF, and GRUB and mtools, which make their disk")
                : lacking(
                        name,
                        "not installed: " + missing,
                        "targets with `firmware: uefi` cannot be measured",
                        "take firmware: bios",
                        UEFI,
                        UEFI_NEED);
    }

    /** Returns the names of what is not there. */
    private static String missing(Map<String, Boolean> parts) {
        return parts.entrySet().stream()
                .filter(part -> !part.getValue())
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
    }

    /** Tells of what some targets take, and can be installed. */
    private Capability lacking(
            String name, String finding, String consequence, String instead, Software software, String need) {
        return Capability.missing(name, finding, consequence, SETUP + ", or " + instead)
                .mendedBy(software.packages(examination.distribution()))
                .neededBy(Set.of(need));
    }

    static Software virtiofsd(Distribution distribution) {
        int release = distribution.release();
        return new Software(
                List.of(release < FIRST_DEBIAN_WITH_VIRTIOFSD ? "qemu-system-common" : VIRTIOFSD),
                List.of(release < FIRST_UBUNTU_WITH_VIRTIOFSD ? "qemu-system-common" : VIRTIOFSD));
    }

    private Capability kvm() {
        String name = "KVM";
        String consequence =
                "the processors of virtual machines are emulated, ten times slower or more, and marked so everywhere";
        String remedy = "turn on virtualisation in the firmware, or nested virtualisation in the hypervisor below";
        if (!files.exists("/dev/kvm")) {
            return Capability.degraded(name, "there is no /dev/kvm", consequence, remedy);
        }
        if (Executables.find("qemu-system-x86_64").isEmpty()) {
            return Capability.degraded(
                    name,
                    "/dev/kvm exists, but without QEMU it cannot be tried",
                    consequence,
                    SETUP + ", then ask again");
        }
        if (!examination.thorough()) {
            return Capability.ok(name, "tried when a virtual machine is to be launched");
        }
        try {
            Acceleration acceleration = probe.probe(examination);
            return acceleration.works()
                    ? Capability.ok(name, acceleration.finding())
                    : Capability.degraded(name, acceleration.finding(), consequence, remedy);
        } catch (IOException e) {
            return Capability.degraded(
                    name, "could not be tried: " + e.getMessage(), consequence, "mend that, then ask again");
        }
    }

    private Capability kernel() {
        String name = "guest kernel";
        String consequence = "virtual machines have no kernel to boot, unless a scenario names one";
        try {
            GuestKernel kernel = GuestKernel.find("");
            if (!Files.isReadable(kernel.modules().resolve("modules.dep"))) {
                return Capability.missing(
                                name,
                                kernel.image() + " has no modules in " + kernel.modules(),
                                "guests cannot load the drivers of their disk and network",
                                "install the modules of that kernel")
                        .neededBy(NEEDED_BY);
            }
            return Capability.ok(name, kernel.image() + ", " + kernel.release());
        } catch (IOException e) {
            return Capability.missing(name, String.valueOf(e.getMessage()), consequence, SETUP)
                    .mendedBy(KERNEL.packages(examination.distribution()))
                    .neededBy(NEEDED_BY);
        }
    }
}
