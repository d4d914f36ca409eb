package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.guest.ClassicSeed;
import dev.bench.guest.ClassicSystem;
import dev.bench.guest.Firmware;
import dev.bench.guest.GuestFrame;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Commands;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.libvirt.DomainData;
import dev.bench.libvirt.DomainXml;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds classic machines against the same disks started with {@code virsh create}, their serial ports read by nobody. */
final class ClassicFigures {
    private static final int WARMUP = 1;
    /** What a whole system has room in; the scenario of the other figures gives less. */
    private static final long MEMORY_BYTES = 512L << 20;

    private static final long REST_NANOS = 4_000_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Launches workload;
    private final Limits limits;
    private final int rounds;

    ClassicFigures(Launches workload, int rounds) {
        this.workload = workload;
        this.limits = new Limits(workload.plan().limits().cpus(), MEMORY_BYTES);
        this.rounds = rounds;
    }

    /** Compares the time to the first right answer. */
    Figure ready() throws TargetException, LaunchException, IOException {
        Target target = workload.open(classic(), limits);
        ClassicSystem system = ClassicSystem.prepared(workload.lab().cacheDirectory(), Firmware.BIOS);
        Path directory = Files.createDirectories(workload.lab().runDirectory().resolve("virsh"));
        try (PrivateLibvirtd libvirtd = PrivateLibvirtd.start(directory)) {
            Turns turns = Turns.take(WARMUP, rounds, 1, () -> new double[] {workload.readyMs(target)}, () ->
                    new double[] {byHand(libvirtd, system, !target.emulated())});
            return Figure.ratio(
                    "classic vm" + (target.emulated() ? " (emulated)" : "")
                            + ", request to ready: bench / virsh create of the same disks",
                    turns.ours()[0],
                    turns.others()[0],
                    1.05,
                    Figure.Kind.AT_MOST);
        }
    }

    private TargetDefinition classic() {
        TargetDefinition lean = workload.plan().targets().stream()
                .filter(target -> target.driver().equals("libvirt"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the scenario has no machine"));
        Map<String, String> options = new LinkedHashMap<>(lean.options());
        options.put("guest", "classic");
        return new TargetDefinition(lean.name() + "-classic", lean.driver(), options);
    }

    private double byHand(PrivateLibvirtd libvirtd, ClassicSystem system, boolean kvm) throws IOException {
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        String name = workload.nextName();
        InetAddress address = workload.nextAddress();
        Path work = workload.lab().workDirectory();
        Path overlay = work.resolve(name + ".system");
        Path disk = work.resolve(name + ".qcow2");
        Path seed = work.resolve(name + ".seed");
        Path xml = workload.lab().runDirectory().resolve(name + ".xml");
        try {
            long begin = System.nanoTime();
            Qcow2Overlay.create(overlay, system.disk());
            Qcow2Overlay.create(disk, workload.image().disk());
            Files.write(
                    seed,
                    ClassicSeed.of(
                            program(name, address), address, workload.lab().network()));
            Files.writeString(
                    xml,
                    DomainByHand.describe(
                            workload,
                            limits,
                            name,
                            kvm,
                            address,
                            new DomainXml.DiskBoot(),
                            new DomainXml.Disk(overlay, system.disk(), Qcow2Overlay.formatOf(system.disk())),
                            DomainData.ofClassic(disk, workload.image().disk(), seed)));
            Commands.runOrThrow(TIMEOUT, libvirtd.virsh("create", xml.toString()));
            return (loop.await(address, () -> true) - begin) / 1e6;
        } finally {
            Commands.run(TIMEOUT, libvirtd.virsh("destroy", name));
            for (Path file : List.of(overlay, disk, seed, xml)) {
                Files.deleteIfExists(file);
            }
        }
    }

    private byte[] program(String name, InetAddress address) throws IOException {
        PreparedImage image = workload.image();
        try {
            return new GuestProgram(
                            GuestFrame.CLASSIC,
                            GuestFrame.CLASSIC.disk(),
                            List.of(),
                            name,
                            address,
                            workload.lab().network(),
                            MEMORY_BYTES,
                            ResourceLimit.inherited(),
                            List.of())
                    .launch(image.config(), RuntimeEnvironment.of(image.config(), image.tree()));
        } catch (ImageException e) {
            throw new IOException(e);
        }
    }
}
