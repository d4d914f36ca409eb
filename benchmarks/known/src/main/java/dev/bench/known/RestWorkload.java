package dev.bench.known;

import dev.bench.program.Operand;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

/**
 * Makes a workload that rests for a known time before it can be reached, to try gates on changes that are known.
 *
 * <p>A program of raw system calls in an image of nothing else: it sleeps, listens and greets whoever connects.
 */
public final class RestWorkload {
    private static final String GREETING = "rested";

    private RestWorkload() {}

    /**
     * Writes the build contexts of two images, and a scenario that judges one against the other.
     *
     * @param directory where they go
     * @param baseline how long the baseline rests
     * @param judged how long what is judged rests; where it is as long, both are the same image
     * @param targets what stands behind {@code targets:}, in YAML's flow style
     * @param plan what stands behind {@code plan:}
     * @return the scenario
     */
    public static Path write(Path directory, Duration baseline, Duration judged, String targets, String plan)
            throws IOException {
        image(directory, baseline);
        image(directory, judged);
        return Files.writeString(directory.resolve("gate.yaml"), """
                name: gate
                workload:
                  image: {dockerfile: %s}
                  ready: {tcp: {port: %d, expect: "%s"}}
                limits: {cpus: 1, memory: 64MiB}
                targets: %s
                gate:
                  baseline: {image: {dockerfile: %s}}
                plan: %s
                """.formatted(
                        name(judged), GreetingServer.PORT, GREETING, targets, name(baseline), plan));
    }

    private static String name(Duration rest) {
        return "rest-" + rest.toMillis();
    }

    private static void image(Path directory, Duration rest) throws IOException {
        ProgramImage.write(directory.resolve(name(rest)), Map.of("rest", program(rest)), "rest");
    }

    static byte[] program(Duration rest) {
        SyscallProgram program = new SyscallProgram();
        Operand.Address time = program.bytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(rest.toSeconds())
                .putLong(rest.toNanosPart())
                .array());
        program.call(Syscall.NANOSLEEP, time, Operand.of(0));
        GreetingServer.append(program, GREETING);
        return program.toElf();
    }
}
