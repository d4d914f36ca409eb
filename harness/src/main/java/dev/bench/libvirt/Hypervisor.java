package dev.bench.libvirt;

import dev.bench.guest.ClassicSystem;
import dev.bench.guest.Firmware;
import dev.bench.guest.GuestKernel;
import dev.bench.guest.Initramfs;
import dev.bench.guest.KvmProbe;
import dev.bench.guest.UncompressedKernel;
import dev.bench.target.LabView;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.LibvirtException;

/**
 * Holds what the machines of a target run on, whatever they run.
 *
 * @param connection to libvirt; closed with the target
 * @param kernel what they boot
 * @param initramfs what they boot into
 * @param classic what they boot instead where they are classic machines; null where they are lean ones
 * @param firmware what loads the kernel of lean ones; null where the machine type's own does
 * @param kvm whether KVM is used
 * @param quickStart whether this libvirt can be spared the questions about every feature of the CPU
 * @param facts what is worth recording of all this
 */
record Hypervisor(
        Connect connection,
        GuestKernel kernel,
        Initramfs initramfs,
        @Nullable ClassicSystem classic,
        @Nullable Path firmware,
        boolean kvm,
        boolean quickStart,
        Map<String, String> facts) {
    /** The version from which libvirt knows the capability that {@link DomainXml} takes away; unknown names are errors. */
    private static final long KNOWS_CAPABILITY = 8_000_000L;

    private static final String EMBEDDED = "/embed";

    static Hypervisor open(TargetDefinition definition, LabView lab)
            throws IOException, LibvirtException, TargetException {
        GuestKernel kernel = GuestKernel.find(definition.option(LibvirtDriver.KERNEL));
        Map<String, String> facts = new LinkedHashMap<>();
        boolean kvm = accelerate(definition, kernel, lab, facts);
        Path firmware = null;
        if (PvhBoot.is(definition)) {
            firmware = PvhBoot.firmware()
                    .orElseThrow(() -> new IOException("this host has not the firmware " + PvhBoot.NAME));
            kernel = UncompressedKernel.of(kernel, lab.cacheDirectory());
            facts.put(PvhBoot.KEY, PvhBoot.DESCRIPTION);
        }
        Connect connection = LibvirtConnections.open(lab.service(LibvirtDriver.KEY));
        facts.put("libvirt", version(connection.getLibVirVersion()));
        facts.put("hypervisor", connection.getType() + " " + version(connection.getVersion()));
        facts.put("machine", definition.option(LibvirtDriver.MACHINE));
        ClassicSystem classic = null;
        if (LibvirtDriver.isClassic(definition)) {
            String disk = definition.option(LibvirtDriver.DISK);
            Firmware starting = LibvirtDriver.firmware(definition);
            classic = disk.isEmpty()
                    ? ClassicSystem.prepared(lab.cacheDirectory(), starting)
                    : ClassicSystem.of(Path.of(disk), starting);
            facts.put(LibvirtDriver.GUEST, LibvirtDriver.CLASSIC);
            facts.put("system", classic.description());
        }
        String release = classic == null ? kernel.release() : classic.kernel();
        if (!release.isEmpty()) {
            facts.put("kernel", release);
        }
        return new Hypervisor(
                connection,
                kernel,
                SharedRoot.is(definition) ? Initramfs.ofShare(kernel) : Initramfs.of(kernel),
                classic,
                firmware,
                kvm,
                connection.getLibVirVersion() >= KNOWS_CAPABILITY,
                facts);
    }

    private static boolean accelerate(
            TargetDefinition definition, GuestKernel kernel, LabView lab, Map<String, String> facts)
            throws IOException, TargetException {
        String wanted = definition.option(LibvirtDriver.ACCELERATOR);
        if (wanted.equals("tcg")) {
            facts.put("accelerator", "tcg (emulated), as the scenario asks");
            return false;
        }
        KvmProbe.Support support = KvmProbe.probe(kernel, lab.cacheDirectory());
        if (wanted.equals("kvm") && !support.works()) {
            throw new TargetException(
                    definition.name(),
                    "accelerator kvm is not to be had: " + support.finding(),
                    "Use accelerator: auto or tcg to measure emulated, or a host with working KVM",
                    null);
        }
        facts.put("accelerator", support.works() ? "kvm" : "tcg (emulated): " + support.finding());
        return support.works();
    }

    private static String version(long number) {
        return number / 1_000_000 + "." + number / 1_000 % 1_000 + "." + number % 1_000;
    }

    /** Returns the file that holds what the machines boot, and all share: the kernel, or the disk of a whole system. */
    Path booted() {
        return classic == null ? kernel.image() : classic.disk();
    }

    /** Returns whether libvirt's driver runs in this process: there it sets up no control groups. */
    static boolean embedded(LabView lab) {
        return lab.service(LibvirtDriver.KEY).contains(EMBEDDED);
    }

    /** Returns the same with a connection of its own. */
    Hypervisor connectedAnew(LabView lab) throws LibvirtException {
        return new Hypervisor(
                LibvirtConnections.open(lab.service(LibvirtDriver.KEY)),
                kernel,
                initramfs,
                classic,
                firmware,
                kvm,
                quickStart,
                facts);
    }

    /**
     * Returns the same with further modules of the kernel, by name.
     *
     * @throws IOException where a module is missing
     */
    Hypervisor booting(List<String> modules) throws IOException {
        return modules.isEmpty()
                ? this
                : new Hypervisor(
                        connection, kernel, Initramfs.of(kernel, modules), classic, firmware, kvm, quickStart, facts);
    }
}
