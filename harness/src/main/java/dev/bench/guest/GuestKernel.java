package dev.bench.guest;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Names a kernel to boot and where its modules are.
 *
 * @param image the bzImage
 * @param release its release, as {@code uname -r} prints it
 */
public record GuestKernel(Path image, String release) {
    /**
     * What the guest's kernel is told. {@code debug} makes its set-up code greet on the console, which is the host's
     * sign that it runs (arch/x86/boot/main.c); {@code quiet} silences everything after. No mitigation and no
     * randomisation is switched off.
     */
    public static final String COMMAND_LINE =
            "console=ttyS0 earlyprintk=ttyS0,115200 debug quiet panic=-1 tsc=reliable no_timer_check"
                    + " rcupdate.rcu_expedited=1 cryptomgr.notests 8250.nr_uarts=3";

    private static final Path BOOT = Path.of("/boot");

    /** Returns the directory of the kernel's modules. */
    public Path modules() {
        return Path.of("/lib/modules", release);
    }

    /**
     * Finds the kernel a scenario means: the given file, or the host's own kernel, or the newest in {@code /boot}.
     *
     * @param option a path, or the empty string
     * @throws IOException where there is none, or it is not readable
     */
    public static GuestKernel find(String option) throws IOException {
        if (!option.isEmpty()) {
            return read(Path.of(option));
        }
        String running = Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip();
        Path own = BOOT.resolve("vmlinuz-" + running);
        if (Files.isReadable(own)) {
            return read(own);
        }
        List<Path> images = new ArrayList<>();
        if (Files.isDirectory(BOOT)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(BOOT, "vmlinuz-*")) {
                found.forEach(images::add);
            }
        }
        return read(images.stream()
                .filter(Files::isReadable)
                .max(Comparator.comparing((Path image) -> image.toFile().lastModified())
                        .thenComparing(Path::toString))
                .orElseThrow(() -> new IOException(
                        "no readable kernel in /boot; install the distribution's cloud kernel with `bench setup`")));
    }

    /** Reads the release out of a bzImage (Linux Documentation/arch/x86/boot.rst, kernel_version). */
    private static GuestKernel read(Path image) throws IOException {
        try (FileChannel channel = FileChannel.open(image, StandardOpenOption.READ)) {
            ByteBuffer head = ByteBuffer.allocate(0x8000).order(ByteOrder.LITTLE_ENDIAN);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // Short reads are possible, the end of a small file ends the loop.
            }
            if (head.position() < 0x210 || head.getInt(0x202) != 0x53726448) {
                throw new IOException(image + " is not a Linux bzImage for x86");
            }
            int offset = (head.getShort(0x20e) & 0xffff) + 0x200;
            byte[] text = new byte[256];
            head.position(Math.min(offset, head.capacity() - text.length));
            head.get(text);
            String version = new String(text, StandardCharsets.ISO_8859_1);
            return new GuestKernel(image.toAbsolutePath(), version.substring(0, version.indexOf(' ')));
        }
    }
}
