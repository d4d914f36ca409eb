package dev.bench.calibrate;

import dev.bench.guest.GuestKernel;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Starts a virtual machine by hand: QEMU with the best flags known for a fast boot, and nobody in between.
 *
 * <p>The {@code microvm} machine is no match: with a stock kernel and an emulated CPU it hung in four boots of five.
 */
final class BareMachine implements AutoCloseable {
    private static final int END_SECONDS = 10;
    private static final long DEADLINE_NANOS = 120_000_000_000L;

    private final Process process;
    private final Thread reader;
    private final StringBuilder console = new StringBuilder();
    private final long begin;
    private volatile long firstOutput;
    private volatile long marked;

    /**
     * Says what to boot.
     *
     * @param kvm whether KVM runs guests here; else the CPU is emulated
     * @param vcpus virtual processors
     * @param memoryBytes memory
     * @param kernel kernel image
     * @param initrd initial RAM disk
     * @param commandLine what the kernel is told
     * @param overlay writable layer, made for this machine
     * @param tap an interface in the lab's bridge
     * @param address the guest's address, from which its hardware address follows
     */
    record Boot(
            boolean kvm,
            int vcpus,
            long memoryBytes,
            GuestKernel kernel,
            Path initrd,
            String commandLine,
            Path overlay,
            String tap,
            InetAddress address) {}

    private BareMachine(Process process, long begin, String mark) {
        this.process = process;
        this.begin = begin;
        this.reader = new Thread(() -> read(mark), "bare-machine-console");
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a machine.
     *
     * @param mark a word on the console whose first appearance is noted
     */
    static BareMachine start(Boot boot, String mark) throws IOException {
        List<String> command = new ArrayList<>(List.of("qemu-system-x86_64"));
        command.addAll(
                List.of("-machine", "q35,hpet=off,usb=off,dump-guest-core=off,accel=" + (boot.kvm() ? "kvm" : "tcg")));
        command.addAll(List.of("-cpu", boot.kvm() ? "host" : "max", "-smp", Integer.toString(boot.vcpus())));
        command.addAll(List.of("-m", boot.memoryBytes() / 1024 + "k"));
        command.addAll(List.of("-nodefaults", "-no-user-config", "-display", "none", "-no-reboot"));
        // The console and the port of the workload's output come out at one place.
        command.addAll(List.of("-chardev", "stdio,id=words,mux=on,signal=off"));
        command.addAll(List.of("-serial", "chardev:words", "-serial", "null"));
        command.addAll(List.of("-device", "isa-serial,chardev=words,index=2,iobase=0x3e8,irq=5"));
        command.addAll(List.of("-kernel", boot.kernel().image().toString()));
        command.addAll(List.of("-initrd", boot.initrd().toString(), "-append", boot.commandLine()));
        command.addAll(List.of("-drive", "if=none,id=disk,format=qcow2,file=" + boot.overlay()));
        command.addAll(List.of("-device", "virtio-blk-pci,drive=disk"));
        command.addAll(List.of("-netdev", "tap,id=net,script=no,downscript=no,ifname=" + boot.tap()));
        command.addAll(
                List.of("-device", "virtio-net-pci,netdev=net,romfile=,mac=" + Subnet.hardwareAddress(boot.address())));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        return new BareMachine(process, begin, mark);
    }

    private void read(String mark) {
        byte[] buffer = new byte[4096];
        try (InputStream input = process.getInputStream()) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                long now = System.nanoTime();
                if (firstOutput == 0) {
                    firstOutput = now;
                }
                synchronized (console) {
                    console.append(new String(buffer, 0, count, StandardCharsets.ISO_8859_1));
                    if (marked == 0 && console.indexOf(mark) >= 0) {
                        marked = now;
                    }
                }
            }
        } catch (IOException e) {
            // The machine is gone; what was read is judged as it is.
        }
    }

    /** Returns when the machine was asked for. */
    long begin() {
        return begin;
    }

    /** Returns when the kernel's first word arrived. */
    long kernel() {
        return firstOutput;
    }

    /** Waits for the mark and returns when it arrived. */
    long awaitMark() throws IOException {
        while (marked == 0) {
            if (!process.isAlive() || System.nanoTime() - begin > DEADLINE_NANOS) {
                throw new IOException("a machine started by hand did not get to its workload:\n" + console());
            }
            LockSupport.parkNanos(1_000_000);
        }
        return marked;
    }

    /** Tells whether QEMU still runs. */
    boolean isAlive() {
        return process.isAlive();
    }

    /** Returns what was printed so far. */
    String console() {
        synchronized (console) {
            return console.toString();
        }
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(END_SECONDS, TimeUnit.SECONDS);
            reader.join(TimeUnit.SECONDS.toMillis(END_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
