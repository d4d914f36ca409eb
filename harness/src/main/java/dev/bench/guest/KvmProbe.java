package dev.bench.guest;

import dev.bench.host.FileTrees;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Finds out whether a guest really runs under KVM here, by booting one.
 *
 * <p>That {@code /dev/kvm} opens says little: on nested and para-virtual hosts a stock kernel may hang in early boot.
 * The answer is kept for the boot of the host, because it cannot change within one.
 */
public final class KvmProbe {
    private static final Path DEVICE = Path.of("/dev/kvm");
    private static final String WORD = "bench-guest-runs";
    private static final int DEADLINE_SECONDS = 10;

    private KvmProbe() {}

    /** Says how KVM fares on this host. */
    public enum State {
        /** A guest booted. */
        WORKS,
        /** There is no {@code /dev/kvm}. */
        ABSENT,
        /** It may not be opened by this user. */
        FORBIDDEN,
        /** It opens, but a guest did not boot in time. */
        HANGS
    }

    /**
     * Holds the answer.
     *
     * @param state the answer
     * @param finding one sentence for people
     */
    public record Support(State state, String finding) {
        /** Returns whether guests can use KVM. */
        public boolean works() {
            return state == State.WORKS;
        }
    }

    /**
     * Returns the answer for this boot of the host; boots a guest where it is not known yet, which takes up to ten
     * seconds.
     *
     * @param kernel the kernel to boot
     * @param cacheDirectory where the answer is kept
     */
    public static Support probe(GuestKernel kernel, Path cacheDirectory) throws IOException {
        if (!Files.exists(DEVICE)) {
            return new Support(State.ABSENT, "there is no /dev/kvm: the CPU of every virtual machine is emulated");
        }
        if (!Files.isReadable(DEVICE) || !Files.isWritable(DEVICE)) {
            return new Support(State.FORBIDDEN, "/dev/kvm may not be opened by this user");
        }
        String boot =
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
        Path known = cacheDirectory.resolve("kvm-probe");
        String key = boot + " " + kernel.release() + " ";
        if (Files.exists(known)) {
            String answer = Files.readString(known);
            if (answer.startsWith(key)) {
                return support(State.valueOf(answer.substring(key.length()).strip()), kernel);
            }
        }
        State state = boots(kernel, cacheDirectory) ? State.WORKS : State.HANGS;
        Files.writeString(known, key + state);
        return support(state, kernel);
    }

    private static Support support(State state, GuestKernel kernel) {
        return state == State.WORKS
                ? new Support(state, "a probe guest booted under KVM")
                : new Support(
                        state,
                        "/dev/kvm opens, but a probe guest with kernel " + kernel.release() + " did not boot within "
                                + DEADLINE_SECONDS + " s");
    }

    private static boolean boots(GuestKernel kernel, Path cacheDirectory) throws IOException {
        Files.createDirectories(cacheDirectory);
        Path directory = Files.createTempDirectory(cacheDirectory, ".kvm-probe-");
        Path initrd = directory.resolve("initrd");
        Path console = directory.resolve("console");
        try {
            Files.write(initrd, Initramfs.bare(GuestProgram.hello(WORD)));
            Process process = new ProcessBuilder(List.of(
                            "qemu-system-x86_64",
                            "-machine",
                            "q35,accel=kvm",
                            "-cpu",
                            "host",
                            "-m",
                            "256",
                            "-nodefaults",
                            "-no-user-config",
                            "-display",
                            "none",
                            "-no-reboot",
                            "-serial",
                            "file:" + console,
                            "-kernel",
                            kernel.image().toString(),
                            "-initrd",
                            initrd.toString(),
                            "-append",
                            "console=ttyS0 quiet panic=-1"))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } finally {
                process.destroyForcibly();
            }
            return Files.exists(console)
                    && new String(Files.readAllBytes(console), StandardCharsets.ISO_8859_1).contains(WORD);
        } finally {
            FileTrees.delete(directory);
        }
    }
}
