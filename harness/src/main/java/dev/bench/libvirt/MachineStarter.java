package dev.bench.libvirt;

import dev.bench.guest.ClassicSystem;
import dev.bench.guest.Firmware;
import dev.bench.guest.GuestKernel;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Cgroups;
import dev.bench.host.Processes;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.libvirt.Connect;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/**
 * Starts machines of one size. Safe for use by several threads.
 *
 * @param definition the target they belong to
 * @param limits processors and memory of each
 * @param lab where they run
 * @param hypervisor what they run on
 * @param accounted whether each gets a memory control group
 */
record MachineStarter(
        TargetDefinition definition, Limits limits, LabView lab, Hypervisor hypervisor, boolean accounted) {
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

    /**
     * Says what a machine is made of beside its size.
     *
     * @param base the disk below its first, which is its root or, where the machine boots a disk, its system; the tree where
     *     its root is none
     * @param data what else it has
     * @param stopSignal the signal that its workload is stopped with
     * @param follower hears what init tells from the first word on; null where nobody needs to
     */
    record Machine(Path base, DomainData data, String stopSignal, ControlPort.@Nullable Follower follower) {}

    /** Returns what is written over the root of a machine of this name. */
    Path overlay(String name) {
        return directory(name).resolve(LibvirtInstance.DISK);
    }

    private Path directory(String name) {
        return lab.workDirectory().resolve(name);
    }

    /**
     * Starts a machine.
     *
     * @throws LaunchException where libvirt refuses; nothing of it remains then
     */
    LibvirtInstance start(LaunchRequest request, PhaseRecorder phases, byte[] initrd, Machine machine)
            throws LaunchException {
        Path overlay = overlay(request.name());
        return start(request, phases, machine, LibvirtInstance.Words.OF_KERNEL, () -> {
            Path directory = directory(request.name());
            Path initrdFile = directory.resolve("initrd");
            DomainXml.Root root;
            if (SharedRoot.is(definition)) {
                root = SharedRoot.make(directory, machine.base(), limits.processors());
            } else {
                if (!Files.exists(overlay)) {
                    Qcow2Overlay.create(overlay, machine.base());
                }
                root = disk(overlay, machine.base());
            }
            Files.write(initrdFile, initrd);
            return new Described(
                    new DomainXml.DirectBoot(
                            hypervisor.kernel().image(), initrdFile, GuestKernel.COMMAND_LINE, hypervisor.firmware()),
                    root,
                    machine.data());
        });
    }

    /**
     * Starts a classic machine, whose system is its first disk and its workload's tree the second.
     *
     * @param seed what is to be its third
     * @throws LaunchException as {@link #start} does
     */
    LibvirtInstance startClassic(
            LaunchRequest request, PhaseRecorder phases, byte[] seed, ClassicSystem system, Machine machine)
            throws LaunchException {
        Path directory = directory(request.name());
        Path workload = overlay(request.name());
        Machine whole = new Machine(system.disk(), machine.data(), machine.stopSignal(), machine.follower());
        return start(request, phases, whole, LibvirtInstance.Words.OF_FIRMWARE, () -> {
            Path overlay = directory.resolve("system.qcow2");
            Path seedFile = directory.resolve("seed");
            Qcow2Overlay.create(overlay, system.disk());
            Qcow2Overlay.create(workload, machine.base());
            Files.write(seedFile, seed);
            return new Described(
                    boot(system.firmware(), directory),
                    disk(overlay, system.disk()),
                    DomainData.ofClassic(workload, machine.base(), seedFile));
        });
    }

    private static DomainXml.Boot boot(Firmware firmware, Path directory) {
        return switch (firmware) {
            case BIOS -> new DomainXml.DiskBoot();
            case UEFI ->
                new DomainXml.UefiBoot(Firmware.code(), Firmware.variables(), directory.resolve("variables.fd"));
        };
    }

    /**
     * Holds the files that were made for a machine.
     *
     * @param boot what it boots
     * @param root its first disk, or what it has instead
     * @param data its other disks
     */
    private record Described(DomainXml.Boot boot, DomainXml.Root root, DomainData data) {}

    private static DomainXml.Disk disk(Path overlay, Path base) throws IOException {
        return new DomainXml.Disk(overlay, base, Qcow2Overlay.formatOf(base));
    }

    /** Makes the files of a machine, in its directory. */
    @FunctionalInterface
    private interface Making {
        Described make() throws IOException;
    }

    private LibvirtInstance start(
            LaunchRequest request, PhaseRecorder phases, Machine machine, LibvirtInstance.Words words, Making files)
            throws LaunchException {
        Path directory = directory(request.name());
        LibvirtInstance instance = null;
        try {
            Files.createDirectories(directory);
            Described described = files.make();
            instance = new LibvirtInstance(
                    request, directory, lab.runDirectory(), machine.stopSignal(), limits.memoryBytes(), phases, words);
            if (machine.follower() != null) {
                instance.follow(machine.follower());
            }
            String xml = xml(request, instance, described).render();
            phases.mark(PhaseName.CREATED);
            started(instance, create(xml, instance));
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

    private void started(LibvirtInstance instance, Domain domain) throws IOException, LibvirtException {
        instance.started(domain);
        if (needsQuota(definition, limits, lab)) {
            instance.limited(limit(instance.name()));
            domain.resume();
        }
    }

    /**
     * Saves a machine, after which it is gone but for its files. One that needs a quota is saved as it stands, so that it does
     * not go on either before it has that again.
     */
    void save(LibvirtInstance machine, Path state) throws LibvirtException {
        if (needsQuota(definition, limits, lab)) {
            machine.domain().suspend();
        }
        machine.domain().save(state.toString());
    }

    /**
     * Restores a machine.
     *
     * @param machine that listens where the saved one's ports were, and is closed where libvirt refuses
     */
    void restore(LibvirtInstance machine, Path state, PhaseRecorder phases) throws LaunchException {
        try {
            Connect connection = hypervisor.connection();
            connection.restore(state.toString());
            started(machine, connection.domainLookupByName(machine.name()));
            phases.mark(PhaseName.STARTED);
        } catch (IOException | LibvirtException e) {
            machine.close();
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "libvirt could not restore the machine: " + e.getMessage()
                            + ". Only the QEMU, the machine type and the CPU that a state was saved with restore it",
                    e);
        }
    }

    /** Only the embedded driver starts QEMU from here; a daemon gives it a group by itself. */
    private Domain create(String xml, LibvirtInstance instance) throws IOException, LibvirtException {
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
    static boolean needsQuota(TargetDefinition definition, Limits limits, LabView lab) {
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
        List<String> members = new ArrayList<>(List.of(pid));
        // To look through the host's processes takes time, and a machine with a disk is served by none.
        if (SharedRoot.is(definition)) {
            Processes.naming(SharedRoot.server(directory(name))).forEach(server -> members.add(server.toString()));
        }
        for (Path group : groups) {
            for (String member : members) {
                Files.writeString(group.resolve("cgroup.procs"), member);
            }
        }
        return groups;
    }

    private DomainXml xml(LaunchRequest request, LibvirtInstance instance, Described described) {
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
                described.boot(),
                described.root(),
                new DomainXml.Nic(lab.bridge(), request.address()),
                instance.ports(),
                described.data(),
                hypervisor.quickStart());
    }
}
