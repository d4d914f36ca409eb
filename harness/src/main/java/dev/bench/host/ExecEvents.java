package dev.bench.host;

import com.sun.jna.LastErrorException;
import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Hears from the kernel of every program that is executed on this host, the moment it is, with the kernel's own time
 * stamp: polling would take processor time from the very launches that are watched.
 *
 * <p>Linux's process connector ({@code include/uapi/linux/cn_proc.h}, {@code linux/connector.h}) tells of executions in
 * its initial network namespace only, and only those who may administer it. So one thread enters that namespace for
 * good, and a socket filter keeps forks and exits from waking it. Safe for use by several threads.
 */
public final class ExecEvents {
    private static final int AF_NETLINK = 16;
    private static final int SOCK_DGRAM = 2;
    private static final int SOCK_CLOEXEC = 0x8_0000;
    private static final int NETLINK_CONNECTOR = 11;
    private static final int CONNECTOR_PROCESSES = 1;
    private static final int LISTEN = 1;
    private static final int NLMSG_DONE = 3;
    private static final int SOL_SOCKET = 1;
    private static final int SO_ATTACH_FILTER = 26;
    private static final int SO_RCVBUFFORCE = 33;
    private static final int RECEIVE_BUFFER = 1 << 20;
    /** Offsets in a message: behind the netlink header (16 bytes) and the connector's (20 bytes) stands the event. */
    private static final int WHAT = 36;

    private static final int TIMESTAMP = WHAT + 8;
    private static final int PROCESS = WHAT + 16;
    private static final int ACKNOWLEDGED = 0;
    private static final int EXECUTED = 2;
    /** Loading what makes system calls takes a busy or emulated host seconds. */
    private static final int ASKING_SECONDS = 60;

    /** The kernel answers before the request returns; where it tells only others it gives no answer. */
    private static final int ANSWER_MILLIS = 1_000;

    private static @Nullable Optional<ExecEvents> shared;

    private final List<Listener> listeners = new CopyOnWriteArrayList<>();
    /** Completed when the kernel was asked, or could not be. */
    private final CompletableFuture<Void> asked = new CompletableFuture<>();

    /** Completed with whether the kernel will tell. */
    private final CompletableFuture<Boolean> open = new CompletableFuture<>();

    private ExecEvents() {}

    /** Hears of executions, in a thread that all listeners share: it must not wait. */
    @FunctionalInterface
    public interface Listener {
        /**
         * Says that a process has executed a program.
         *
         * @param pid its id on this host
         * @param nanos the moment, on the scale of {@link System#nanoTime}
         */
        void executed(long pid, long nanos);
    }

    /** Returns this JVM's events, begun at the first call; empty where the kernel does not tell this process. */
    public static synchronized Optional<ExecEvents> ofHost() {
        Optional<ExecEvents> known = shared;
        if (known == null) {
            ExecEvents events = new ExecEvents();
            known = events.begin() ? Optional.of(events) : Optional.empty();
            shared = known;
        }
        return known;
    }

    /** Adds a listener, for as long as this JVM runs. */
    public void listen(Listener listener) {
        listeners.add(listener);
    }

    private boolean begin() {
        ObserverThread.start("exec-events", this::run);
        try {
            asked.get(ASKING_SECONDS, TimeUnit.SECONDS);
            return open.get(ANSWER_MILLIS, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        }
    }

    private void run() {
        try {
            int socket = socket();
            long begin = System.nanoTime();
            ByteBuffer request = listenRequest();
            LibC.send(socket, request.array(), request.capacity(), 0);
            asked.complete(null);
            receive(socket, begin);
        } catch (LastErrorException | LinkageError e) {
            open.complete(false);
            asked.complete(null);
        }
    }

    /** Makes the socket in the first network namespace in which the kernel's end of it is. */
    private static int socket() {
        enterInitialNetwork();
        int socket = LibC.socket(AF_NETLINK, SOCK_DGRAM | SOCK_CLOEXEC, NETLINK_CONNECTOR);
        filter(socket);
        LibC.setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, intMemory(RECEIVE_BUFFER), Integer.BYTES);
        ByteBuffer address = buffer(12).putShort((short) AF_NETLINK).putShort((short) 0);
        address.putInt(0).putInt(CONNECTOR_PROCESSES);
        LibC.bind(socket, address.array(), address.capacity());
        return socket;
    }

    /**
     * Enters the network of the host's first process or, where that one does not let itself be looked at, of this JVM's
     * parent, which a lab's namespace was entered from. Stays where it is where neither can be entered.
     */
    private static void enterInitialNetwork() {
        long parent = ProcessHandle.current().parent().map(ProcessHandle::pid).orElse(1L);
        for (long process : new long[] {1, parent}) {
            try {
                NetworkNamespace.of(process).enter();
                return;
            } catch (IOException e) {
                // The next one may let itself be entered.
            }
        }
    }

    private void receive(int socket, long begin) {
        byte[] bytes = new byte[4096];
        ByteBuffer message = ByteBuffer.wrap(bytes).order(ByteOrder.nativeOrder());
        while (true) {
            int length;
            try {
                length = LibC.recv(socket, bytes, bytes.length, 0);
            } catch (LastErrorException e) {
                // More came than the socket could hold: what was lost is lost, the next event is as good.
                continue;
            }
            if (length < PROCESS + Integer.BYTES) {
                continue;
            }
            int what = message.getInt(WHAT);
            long nanos = message.getLong(TIMESTAMP);
            if (what == ACKNOWLEDGED) {
                // The kernel's clock must be ours, or its stamps would mean nothing here.
                open.complete(message.getInt(PROCESS) == 0 && nanos >= begin && nanos <= System.nanoTime());
            } else if (what == EXECUTED) {
                int pid = message.getInt(PROCESS);
                listeners.forEach(listener -> listener.executed(pid, nanos));
            }
        }
    }

    private static ByteBuffer listenRequest() {
        ByteBuffer request = buffer(40);
        request.putInt(40)
                .putShort((short) NLMSG_DONE)
                .putShort((short) 0)
                .putInt(0)
                .putInt(0);
        request.putInt(CONNECTOR_PROCESSES)
                .putInt(CONNECTOR_PROCESSES)
                .putInt(0)
                .putInt(0);
        request.putShort((short) Integer.BYTES).putShort((short) 0).putInt(LISTEN);
        return request;
    }

    /** Attaches a classic BPF program that keeps acknowledgements and executions and drops all else. */
    private static void filter(int socket) {
        int load = 0x20;
        int jumpIfEqual = 0x15;
        int give = 0x06;
        // A filter reads words in network order, whatever order they were written in.
        int executed = ByteOrder.nativeOrder() == ByteOrder.LITTLE_ENDIAN ? Integer.reverseBytes(EXECUTED) : EXECUTED;
        ByteBuffer program = buffer(5 * 8);
        instruction(program, load, 0, 0, WHAT);
        instruction(program, jumpIfEqual, 1, 0, executed);
        instruction(program, jumpIfEqual, 0, 1, ACKNOWLEDGED);
        instruction(program, give, 0, 0, -1);
        instruction(program, give, 0, 0, 0);
        try (Memory code = new Memory(program.capacity());
                Memory description = new Memory(16)) {
            code.write(0, program.array(), 0, program.capacity());
            description.setShort(0, (short) (program.capacity() / 8));
            description.setPointer(8, code);
            LibC.setsockopt(socket, SOL_SOCKET, SO_ATTACH_FILTER, description, 16);
        }
    }

    private static void instruction(ByteBuffer program, int code, int ifTrue, int ifFalse, int value) {
        program.putShort((short) code).put((byte) ifTrue).put((byte) ifFalse).putInt(value);
    }

    private static Memory intMemory(int value) {
        Memory memory = new Memory(Integer.BYTES);
        memory.setInt(0, value);
        return memory;
    }

    private static ByteBuffer buffer(int size) {
        return ByteBuffer.allocate(size).order(ByteOrder.nativeOrder());
    }

    private static final class LibC {
        static {
            Native.register(LibC.class, Platform.C_LIBRARY_NAME);
        }

        private LibC() {}

        static native int socket(int family, int type, int protocol) throws LastErrorException;

        static native int bind(int socket, byte[] address, int length) throws LastErrorException;

        static native int setsockopt(int socket, int level, int name, Memory value, int length)
                throws LastErrorException;

        static native int send(int socket, byte[] message, long length, int flags) throws LastErrorException;

        static native int recv(int socket, byte[] buffer, long length, int flags) throws LastErrorException;
    }
}
