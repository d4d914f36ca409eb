package dev.bench.known;

import dev.bench.measure.memory.MemoryLayer;
import dev.bench.measure.memory.MemoryMetrics;
import dev.bench.program.Operand;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import dev.bench.result.Launch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Makes a workload that touches a known amount of memory, to hold measured costs against.
 *
 * <p>Programs of raw system calls, one per amount: each maps so much anonymous memory with every page in place (mmap(2),
 * MAP_POPULATE), then listens and greets whoever connects. Beside what is asked for, every program touches the same base,
 * so that a guest has used up what its boot left it of backed free pages before the difference begins.
 */
public final class TouchWorkload {
    /** The amounts there is a program for, in MiB. */
    public static final List<Integer> AMOUNTS_MIB = List.of(0, 64, 128);

    /** One target of every kind, as {@link #write} takes them. */
    public static final String EVERY_TARGET = "{process: {}, container: {docker: {}}, vm: {libvirt: {}}}";

    private static final String GREETING = "touched";
    private static final long BASE_BYTES = 64L << 20;
    private static final int READ_WRITE = 3;
    private static final int PRIVATE_ANONYMOUS_POPULATE = 0x2 | 0x20 | 0x8000;

    private TouchWorkload() {}

    /**
     * Returns what a ramp's instances cost each, in MiB, without what the host backs of a guest's free pages: how much that
     * is is left to chance, some ten MiB, and it is a layer of its own.
     */
    public static double cost(Launch launch) {
        return launch.values().getOrDefault(MemoryMetrics.MARGINAL.id(), Double.NaN)
                - launch.values().getOrDefault(MemoryLayer.GUEST_FREE.id(), 0.0);
    }

    /**
     * Writes the build context of the image, and a scenario for an amount.
     *
     * @param directory where both go
     * @param mebibytes one of {@link #AMOUNTS_MIB}
     * @param instances what stands behind {@code instances:}, in YAML's flow style, as are the others
     * @param targets what stands behind {@code targets:}
     * @param plan what stands behind {@code plan:}
     * @return the scenario
     */
    public static Path write(Path directory, int mebibytes, String instances, String targets, String plan)
            throws IOException {
        Map<String, byte[]> programs = new HashMap<>();
        AMOUNTS_MIB.forEach(amount -> programs.put("touch-" + amount, program(amount)));
        ProgramImage.write(directory.resolve("image"), programs, "touch-0");
        return Files.writeString(directory.resolve("touch-" + mebibytes + ".yaml"), """
                name: touch-%d
                measure: memory
                memory: {instances: %s}
                workload:
                  image: {dockerfile: image}
                  command: [/touch-%d]
                  ready: {tcp: {port: %d, expect: "%s"}}
                limits: {cpus: 1, memory: 384MiB}
                targets: %s
                plan: %s
                """.formatted(
                        mebibytes, instances, mebibytes, GreetingServer.PORT, GREETING, targets, plan));
    }

    static byte[] program(int mebibytes) {
        SyscallProgram program = new SyscallProgram();
        touch(program, BASE_BYTES);
        if (mebibytes > 0) {
            touch(program, (long) mebibytes << 20);
        }
        GreetingServer.append(program, GREETING);
        return program.toElf();
    }

    private static void touch(SyscallProgram program, long bytes) {
        program.must(
                "map " + bytes,
                Syscall.MMAP,
                Operand.of(0),
                Operand.of(bytes),
                Operand.of(READ_WRITE),
                Operand.of(PRIVATE_ANONYMOUS_POPULATE),
                Operand.of(-1),
                Operand.of(0));
    }
}
