package dev.bench.program;

import dev.bench.image.TreeManifest;
import dev.bench.result.WritableLayer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes a byte of a large file of an image twice, each time until the disk has it, and leaves a file of its own, which is
 * looked for in later instances. It writes what the file holds there already. Stateless.
 */
public final class WriteTrial {
    /** The file that is left. */
    public static final String TRACE = "/bench-trace";

    /** Size of the largest file that is taken: an overlay copies all of it. */
    private static final long LARGEST = 256L << 20;

    private static final String MARK = "write-trial\n";
    private static final int TIMES = 3;
    private static final int TIMESPEC_BYTES = 16;
    private static final int MONOTONIC = 1;
    /** Two outcomes of open(2), then the times in pieces of four bytes. */
    private static final Pattern TOLD =
            Pattern.compile(MARK + "((?:[0-9a-f]{8}\n){" + (2 + TIMES * TIMESPEC_BYTES / Integer.BYTES) + "})" + MARK);

    private WriteTrial() {}

    /** Returns the file that is written to, of the tree of a manifest; empty where it has none that suits. */
    public static Optional<TreeManifest.SizedFile> file(Path manifest) throws IOException {
        return TreeManifest.largest(manifest, file -> file.bytes() <= LARGEST);
    }

    /** Returns the executable, which prints what {@link #parse} reads. */
    public static byte[] program(String file) {
        SyscallProgram program = new SyscallProgram();
        append(program, Operand.of(1), "", file);
        program.call(Syscall.EXIT_GROUP, Operand.of(0));
        return program.toElf();
    }

    /**
     * Adds the same to a program.
     *
     * @param root what stands before every path
     * @param file the large file
     */
    public static void append(SyscallProgram program, Operand output, String root, String file) {
        Operand.Address times = program.buffer(TIMES * TIMESPEC_BYTES);
        Operand.Slot opened = program.slot();
        Operand.Slot trace = program.slot();
        time(program, times, 0);
        write(program, root + file, opened);
        time(program, times, 1);
        write(program, root + file, opened);
        time(program, times, 2);
        program.call(
                        Syscall.OPEN,
                        program.string(root + TRACE),
                        Operand.of(Steps.O_WRONLY | Steps.O_CREAT | Steps.O_CLOEXEC),
                        Operand.of(0644))
                .store(trace);
        program.write(trace, "left behind\n");
        program.call(Syscall.FSYNC, trace).call(Syscall.CLOSE, trace);
        program.write(output, MARK).writeHex(output, opened).writeHex(output, trace);
        for (int offset = 0; offset < TIMES * TIMESPEC_BYTES; offset += Integer.BYTES) {
            program.writeHex(output, new Operand.Slot(new Operand.Address(times.offset() + offset)));
        }
        program.write(output, MARK);
    }

    private static void time(SyscallProgram program, Operand.Address times, int index) {
        program.call(
                Syscall.CLOCK_GETTIME,
                Operand.of(MONOTONIC),
                new Operand.Address(times.offset() + index * TIMESPEC_BYTES));
    }

    private static void write(SyscallProgram program, String path, Operand.Slot opened) {
        Operand.Address content = program.buffer(1);
        program.call(Syscall.OPEN, program.string(path), Operand.of(Steps.O_RDWR | Steps.O_CLOEXEC), Operand.of(0))
                .store(opened);
        program.call(Syscall.PREAD64, opened, content, Operand.of(1), Operand.of(0));
        program.call(Syscall.PWRITE64, opened, content, Operand.of(1), Operand.of(0));
        program.call(Syscall.FSYNC, opened).call(Syscall.CLOSE, opened);
    }

    /**
     * Reads what was printed, within whatever else there is; empty where it is not there, or a file could not be opened.
     *
     * @param file the large file
     * @param bytes its size
     */
    public static Optional<WritableLayer.FirstWrite> parse(String output, String file, long bytes) {
        Matcher told = TOLD.matcher(output.replace("\r", ""));
        if (!told.find()) {
            return Optional.empty();
        }
        long[] words = told.group(1)
                .lines()
                .mapToLong(word -> Long.parseLong(word, 16))
                .toArray();
        if ((int) words[0] < 0 || (int) words[1] < 0) {
            return Optional.empty();
        }
        double[] millis = new double[TIMES];
        for (int i = 0; i < TIMES; i++) {
            int at = 2 + i * TIMESPEC_BYTES / Integer.BYTES;
            millis[i] = (words[at] | words[at + 1] << 32) * 1e3 + words[at + 2] / 1e6;
        }
        return Optional.of(new WritableLayer.FirstWrite(file, bytes, millis[1] - millis[0], millis[2] - millis[1]));
    }
}
