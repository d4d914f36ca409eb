package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.guest.GuestFrame;
import dev.bench.guest.GuestKernel;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Initramfs;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.host.Commands;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Holds virtual machines against QEMU started by hand, and the guest's boot against the distribution's. */
final class MachineFigures {
    private static final int WARMUP = 1;
    /** More often, and a guest would have to answer instead of starting. */
    private static final long REST_NANOS = 4_000_000;

    private static final Duration TIMEOUT = Duration.ofSeconds(20);
    /** Fits the 15 characters of an interface's name. */
    private static final String TAP = "benchcalibrate";

    private final int launches;
    private final GuestKernel kernel;
    private final Initramfs initramfs;

    MachineFigures(int launches) throws IOException {
        this.launches = launches;
        this.kernel = GuestKernel.find("");
        this.initramfs = Initramfs.of(kernel);
    }

    GuestKernel kernel() {
        return kernel;
    }

    /** Compares the time to the first right answer. */
    Figure ready(Launches workload) throws TargetException, LaunchException, IOException {
        Target target = workload.open("libvirt");
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        double[] ours = new double[launches];
        double[] bare = new double[launches];
        try (Tap tap = new Tap(workload.lab().bridge())) {
            for (int i = -WARMUP; i < launches; i++) {
                double mine = workload.readyMs(target);
                double other = bare(workload, !target.emulated(), loop);
                if (i >= 0) {
                    ours[i] = mine;
                    bare[i] = other;
                }
            }
        }
        return Figure.ratio(
                "vm" + (target.emulated() ? " (emulated)" : "") + ", request to ready: bench / QEMU by hand",
                ours,
                bare,
                1.10,
                Figure.Kind.AT_MOST);
    }

    private double bare(Launches workload, boolean kvm, HttpLoop loop) throws IOException {
        InetAddress address = workload.nextAddress();
        Path overlay = overlay(workload);
        Path initrd = initrd(workload, address);
        BareMachine machine =
                BareMachine.start(boot(workload, kvm, initrd, GuestKernel.COMMAND_LINE, overlay, address), "\0");
        try (machine) {
            return (loop.await(address, machine::isAlive) - machine.begin()) / 1e6;
        } catch (IOException e) {
            throw new IOException(e.getMessage() + "; its console:\n" + machine.console(), e);
        } finally {
            Files.delete(overlay);
            Files.delete(initrd);
        }
    }

    /**
     * Compares the time from the kernel's first word to the workload's first, on the same machine started by hand:
     * with the guest's init, and with the initial RAM disk that the distribution made for its kernel.
     */
    Figure boot(Launches clock, boolean kvm) throws IOException {
        Path theirs = Path.of("/boot", "initrd.img-" + kernel.release());
        if (!Files.isReadable(theirs)) {
            throw new IOException(
                    "the distribution's initial RAM disk " + theirs + " is not there; make it with update-initramfs");
        }
        String direct = GuestKernel.COMMAND_LINE + " root=/dev/vda ro init="
                + clock.image().config().argv().get(0);
        double[] ours = new double[launches];
        double[] others = new double[launches];
        try (Tap tap = new Tap(clock.lab().bridge())) {
            for (int i = -WARMUP; i < launches; i++) {
                InetAddress address = clock.nextAddress();
                Path initrd = initrd(clock, address);
                double mine = toExec(clock, kvm, initrd, GuestKernel.COMMAND_LINE, address);
                Files.delete(initrd);
                double other = toExec(clock, kvm, theirs, direct, clock.nextAddress());
                if (i >= 0) {
                    ours[i] = mine;
                    others[i] = other;
                }
            }
        }
        return Figure.ratio(
                "vm" + (kvm ? "" : " (emulated)") + ", kernel to exec: bench's init / the distribution's initramfs",
                ours,
                others,
                0.6,
                Figure.Kind.AT_MOST);
    }

    private double toExec(Launches clock, boolean kvm, Path initrd, String commandLine, InetAddress address)
            throws IOException {
        Path overlay = overlay(clock);
        try (BareMachine machine =
                BareMachine.start(boot(clock, kvm, initrd, commandLine, overlay, address), ClockWorkload.START)) {
            return (machine.awaitMark() - machine.kernel()) / 1e6;
        } finally {
            Files.delete(overlay);
        }
    }

    /** Runs a workload in a machine of its own until it says a word; returns what it has said until then. */
    String output(Launches workload, boolean kvm, String word) throws IOException {
        InetAddress address = workload.nextAddress();
        Path overlay = overlay(workload);
        Path initrd = initrd(workload, address);
        try (Tap tap = new Tap(workload.lab().bridge());
                BareMachine machine = BareMachine.start(
                        boot(workload, kvm, initrd, GuestKernel.COMMAND_LINE, overlay, address), word)) {
            machine.awaitMark();
            return machine.console();
        } finally {
            Files.delete(overlay);
            Files.delete(initrd);
        }
    }

    private BareMachine.Boot boot(
            Launches launches, boolean kvm, Path initrd, String commandLine, Path overlay, InetAddress address) {
        return new BareMachine.Boot(
                kvm,
                launches.plan().limits().vcpus(),
                launches.plan().limits().memoryBytes(),
                kernel,
                initrd,
                commandLine,
                overlay,
                TAP,
                address);
    }

    static Path overlay(Launches launches) throws IOException {
        Path overlay = launches.lab().workDirectory().resolve(launches.nextName() + ".qcow2");
        Qcow2Overlay.create(overlay, launches.image().disk());
        return overlay;
    }

    /** Returns a fresh initial RAM disk that brings the workload up at an address. */
    Path initrd(Launches launches, InetAddress address) throws IOException {
        PreparedImage image = launches.image();
        String name = launches.nextName();
        try {
            RuntimeEnvironment runtime = RuntimeEnvironment.of(image.config(), image.tree());
            byte[] init = new GuestProgram(
                            GuestFrame.LEAN,
                            GuestFrame.LEAN.disk(),
                            initramfs.modules(),
                            name,
                            address,
                            launches.lab().network(),
                            launches.plan().limits().memoryBytes(),
                            ResourceLimit.inherited(),
                            List.of())
                    .launch(image.config(), runtime);
            return Files.write(launches.lab().workDirectory().resolve(name + ".initrd"), initramfs.with(init));
        } catch (ImageException e) {
            throw new IOException(e);
        }
    }

    /** Names an interface for a machine, in a bridge. */
    private static final class Tap implements AutoCloseable {
        Tap(String bridge) throws IOException {
            Commands.runOrThrow(TIMEOUT, List.of("ip", "tuntap", "add", "dev", TAP, "mode", "tap"));
            Commands.runOrThrow(TIMEOUT, List.of("ip", "link", "set", TAP, "master", bridge, "up"));
        }

        @Override
        public void close() throws IOException {
            Commands.runOrThrow(TIMEOUT, List.of("ip", "link", "delete", TAP));
        }
    }
}
