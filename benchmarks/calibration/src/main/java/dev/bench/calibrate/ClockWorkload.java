package dev.bench.calibrate;

import dev.bench.known.ProgramImage;
import dev.bench.program.Operand;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;

/**
 * Makes a workload that knows when it was executed and when it could first be reached, and tells whoever connects.
 *
 * <p>A program of raw system calls in an image of nothing else: it reads its monotonic clock, greets on standard output,
 * rests as long as a small server takes to set up, binds a TCP port, reads the clock again and listens. A connection gets a greeting and both readings, and then the
 * clock as often as it asks for it. For a process or a container that clock is the host's own; a guest's differs by an
 * offset, which the exchanges tell: half way between question and answer (RFC 5905, section 8, the exchange with the
 * shortest round trip).
 */
final class ClockWorkload {
    static final int PORT = 7;
    /** What it prints when it begins. */
    static final String START = "clock-starts";
    /** What a connection gets first: eight bytes. */
    static final String GREETING = "clock-up";

    private static final int REHEARSAL_PORT = 8;
    private static final int MONOTONIC = 1;
    /** What a small server takes to set up; until then it is asked in vain, as any server is. */
    private static final long SET_UP_NANOS = 50_000_000;

    private static final int EXCHANGES = 200;
    private static final int CONNECT_MILLIS = 2_000;
    private static final long RETRY_NANOS = 5_000_000;

    private ClockWorkload() {}

    /**
     * Holds what an instance tells, on the host's monotonic clock.
     *
     * @param started when its first instruction ran, {@link System#nanoTime}
     * @param listening when it was about to listen
     */
    record Stamps(long started, long listening) {}

    /** Writes the build context of the image, and a scenario that launches it on every substrate. */
    static Path write(Path directory) throws IOException {
        ProgramImage.write(directory.resolve("image"), Map.of("clock", program()), "clock");
        return Files.writeString(directory.resolve("clock.yaml"), """
                name: clock
                workload:
                  image: {dockerfile: image}
                  ready: {tcp: {port: %d, expect: "%s"}}
                limits: {cpus: 1, memory: 256MiB}
                targets:
                  process: {}
                  container: {docker: {}}
                  vm: {libvirt: {}}
                """.formatted(PORT, GREETING));
    }

    static byte[] program() {
        SyscallProgram program = new SyscallProgram();
        program.failure(Operand.of(2), () -> program.call(Syscall.EXIT_GROUP, Operand.of(1)));
        Operand.Address question = program.buffer(8);
        Operand.Address stamps = program.bytes(GREETING.getBytes(StandardCharsets.US_ASCII));
        Operand.Address started = program.buffer(16);
        Operand.Address listening = program.buffer(16);
        if (listening.offset() - stamps.offset() != GREETING.length() + 16) {
            throw new IllegalStateException("greeting and stamps must follow each other, to be one answer");
        }
        Operand.Address now = program.buffer(16);
        Operand.Address anywhere = program.bytes(new byte[] {2, 0, 0, PORT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        Operand.Address itself =
                program.bytes(new byte[] {2, 0, 0, REHEARSAL_PORT, 127, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0});
        Operand.Address setUp = program.bytes(ByteBuffer.allocate(16)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(0)
                .putLong(SET_UP_NANOS)
                .array());
        Operand.Slot listener = program.slot();
        Operand.Slot connection = program.slot();
        SyscallProgram.Label accept = new SyscallProgram.Label();
        SyscallProgram.Label exchange = new SyscallProgram.Label();
        SyscallProgram.Label hangUp = new SyscallProgram.Label();

        program.call(Syscall.CLOCK_GETTIME, Operand.of(MONOTONIC), started);
        program.write(Operand.of(1), START + "\n");
        rehearse(program, itself, stamps, question);
        program.call(Syscall.NANOSLEEP, setUp, Operand.of(0));
        program.must("socket", Syscall.SOCKET, Operand.of(2), Operand.of(1), Operand.of(0))
                .store(listener);
        program.must("bind", Syscall.BIND, listener, anywhere, Operand.of(16));
        program.call(Syscall.CLOCK_GETTIME, Operand.of(MONOTONIC), listening);
        program.must("listen", Syscall.LISTEN, listener, Operand.of(16));
        program.bind(accept);
        program.must("accept", Syscall.ACCEPT, listener, Operand.of(0), Operand.of(0))
                .store(connection);
        program.call(Syscall.WRITE, connection, stamps, Operand.of(GREETING.length() + 32));
        program.bind(exchange).call(Syscall.READ, connection, question, Operand.of(1));
        program.jumpUnlessPositive(hangUp);
        program.call(Syscall.CLOCK_GETTIME, Operand.of(MONOTONIC), now);
        program.call(Syscall.WRITE, connection, now, Operand.of(16));
        program.jump(exchange);
        program.bind(hangUp).call(Syscall.CLOSE, connection);
        program.jump(accept);
        return program.toElf();
    }

    /** Talks to itself once: an emulator takes milliseconds for code that it meets for the first time. */
    private static void rehearse(
            SyscallProgram program, Operand.Address itself, Operand.Address text, Operand.Address buffer) {
        Operand.Slot listener = program.slot();
        Operand.Slot client = program.slot();
        Operand.Slot connection = program.slot();
        program.call(Syscall.SOCKET, Operand.of(2), Operand.of(1), Operand.of(0))
                .store(listener);
        program.call(Syscall.BIND, listener, itself, Operand.of(16));
        program.call(Syscall.LISTEN, listener, Operand.of(1));
        program.call(Syscall.SOCKET, Operand.of(2), Operand.of(1), Operand.of(0))
                .store(client);
        program.call(Syscall.CONNECT, client, itself, Operand.of(16));
        program.call(Syscall.ACCEPT, listener, Operand.of(0), Operand.of(0)).store(connection);
        program.call(Syscall.WRITE, connection, text, Operand.of(GREETING.length()));
        program.call(Syscall.READ, client, buffer, Operand.of(1));
        program.call(Syscall.CLOSE, connection);
        program.call(Syscall.CLOSE, client);
        program.call(Syscall.CLOSE, listener);
    }

    /**
     * Asks an instance that is ready, or will be soon: {@code docker run} returns before that.
     *
     * @param guest whether its clock is not the host's
     */
    static Stamps ask(InetAddress address, boolean guest) throws IOException {
        try (Socket socket = connect(address)) {
            socket.setTcpNoDelay(true);
            socket.setSoTimeout(CONNECT_MILLIS);
            DataInputStream input = new DataInputStream(socket.getInputStream());
            OutputStream output = socket.getOutputStream();
            input.skipNBytes(GREETING.length());
            long started = timespec(input);
            long listening = timespec(input);
            long shortest = Long.MAX_VALUE;
            long offset = 0;
            for (int i = 0; guest && i < EXCHANGES; i++) {
                long asked = System.nanoTime();
                output.write('?');
                long theirs = timespec(input);
                long answered = System.nanoTime();
                if (answered - asked < shortest) {
                    shortest = answered - asked;
                    offset = asked + (answered - asked) / 2 - theirs;
                }
            }
            return new Stamps(started + offset, listening + offset);
        }
    }

    private static Socket connect(InetAddress address) throws IOException {
        long deadline = System.nanoTime() + CONNECT_MILLIS * 1_000_000L;
        while (true) {
            Socket socket = new Socket();
            try {
                socket.connect(new InetSocketAddress(address, PORT), CONNECT_MILLIS);
                return socket;
            } catch (ConnectException e) {
                socket.close();
                if (System.nanoTime() > deadline) {
                    throw e;
                }
                LockSupport.parkNanos(RETRY_NANOS);
            }
        }
    }

    private static long timespec(DataInputStream input) throws IOException {
        ByteBuffer timespec = ByteBuffer.wrap(input.readNBytes(16)).order(ByteOrder.LITTLE_ENDIAN);
        return timespec.getLong() * 1_000_000_000L + timespec.getLong();
    }
}
