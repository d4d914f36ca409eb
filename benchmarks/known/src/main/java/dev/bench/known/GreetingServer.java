package dev.bench.known;

import dev.bench.program.Operand;
import dev.bench.program.Syscall;
import dev.bench.program.SyscallProgram;

/** Answers as these workloads do: listens on a port and greets whoever connects. */
final class GreetingServer {
    static final int PORT = 7;

    private GreetingServer() {}

    /** Appends it to a program; what is appended never ends. */
    static void append(SyscallProgram program, String greeting) {
        Operand.Slot listener = program.slot();
        Operand.Slot connection = program.slot();
        SyscallProgram.Label accept = new SyscallProgram.Label();
        Operand.Address anywhere = program.bytes(new byte[] {2, 0, 0, PORT, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0});
        program.must("socket", Syscall.SOCKET, Operand.of(2), Operand.of(1), Operand.of(0))
                .store(listener);
        program.must("bind", Syscall.BIND, listener, anywhere, Operand.of(16));
        program.must("listen", Syscall.LISTEN, listener, Operand.of(16));
        program.bind(accept);
        program.must("accept", Syscall.ACCEPT, listener, Operand.of(0), Operand.of(0))
                .store(connection);
        program.write(connection, greeting);
        program.call(Syscall.CLOSE, connection);
        program.jump(accept);
    }
}
