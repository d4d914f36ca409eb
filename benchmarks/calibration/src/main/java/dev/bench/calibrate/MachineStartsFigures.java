package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.guest.GuestKernel;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Commands;
import dev.bench.libvirt.DomainData;
import dev.bench.libvirt.DomainXml;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;

/**
 * Holds many machines started at once against {@code virsh create} in parallel, of the same domains but for their serial
 * ports, which nobody reads there.
 */
final class MachineStartsFigures {
    private static final int INSTANCES = 6;
    private static final int ROUNDS = 6;
    /** More often, and a guest would have to answer instead of starting. */
    private static final long REST_NANOS = 4_000_000;

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final MachineFigures machines;

    MachineStartsFigures(MachineFigures machines) {
        this.machines = machines;
    }

    Figure of(Launches workload) throws TargetException, LaunchException, IOException, InterruptedException {
        Target target = workload.open("libvirt");
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        double[] ours = new double[ROUNDS];
        double[] others = new double[ROUNDS];
        Path directory = Files.createDirectories(workload.lab().runDirectory().resolve("virsh"));
        try (PrivateLibvirtd libvirtd = PrivateLibvirtd.start(directory)) {
            // One first: libvirtd learns what the emulator can do.
            virsh(workload, !target.emulated(), libvirtd, loop, 1);
            for (int round = 0; round < ROUNDS; round++) {
                // Each is the first equally often: a host gets slower and faster over minutes.
                for (int turn = round; turn < round + 2; turn++) {
                    if (turn % 2 == 0) {
                        ours[round] = StartsFigures.ours(workload, target, INSTANCES, INSTANCES)
                                .perSecond();
                    } else {
                        others[round] = virsh(workload, !target.emulated(), libvirtd, loop, INSTANCES);
                    }
                }
            }
        }
        return Figure.rates(
                INSTANCES + " vms" + (target.emulated() ? " (emulated)" : "")
                        + " started at once, all ready: bench / virsh create in parallel",
                ours,
                others,
                1.0);
    }

    private double virsh(Launches workload, boolean kvm, PrivateLibvirtd libvirtd, HttpLoop loop, int instances)
            throws IOException, InterruptedException {
        List<String> names = new ArrayList<>();
        List<Path> files = new ArrayList<>();
        List<Callable<Long>> starts = new ArrayList<>();
        for (int i = 0; i < instances; i++) {
            String name = workload.nextName();
            InetAddress address = workload.nextAddress();
            Path overlay = MachineFigures.overlay(workload);
            Path initrd = machines.initrd(workload, address);
            Path xml = workload.lab().runDirectory().resolve(name + ".xml");
            Files.writeString(xml, domain(workload, name, kvm, address, overlay, initrd));
            names.add(name);
            files.addAll(List.of(overlay, initrd, xml));
            starts.add(() -> {
                Commands.runOrThrow(TIMEOUT, libvirtd.virsh("create", xml.toString()));
                return loop.await(address, () -> true);
            });
        }
        try {
            long begin = System.nanoTime();
            long end = Collections.max(Together.run("virsh create", starts));
            return instances / ((end - begin) / 1e9);
        } finally {
            for (String name : names) {
                Commands.run(TIMEOUT, libvirtd.virsh("destroy", name));
            }
            for (Path file : files) {
                Files.deleteIfExists(file);
            }
        }
    }

    /** Describes one of our machines to a libvirt, with nobody at its serial ports. */
    String domain(Launches workload, String name, boolean kvm, InetAddress address, Path overlay, Path initrd)
            throws IOException {
        Path disk = workload.image().disk();
        return DomainByHand.describe(
                workload,
                workload.plan().limits(),
                name,
                kvm,
                address,
                new DomainXml.DirectBoot(machines.kernel().image(), initrd, GuestKernel.COMMAND_LINE, null),
                new DomainXml.Disk(overlay, disk, Qcow2Overlay.formatOf(disk)),
                DomainData.ROOT);
    }
}
