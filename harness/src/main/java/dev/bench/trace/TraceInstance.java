package dev.bench.trace;

import dev.bench.host.ObserverThread;
import dev.bench.host.UnwaitedFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Is a tracing instance of one run: a buffer, a set of events and a set of threads of its own, beside which the host's other
 * tracing goes on.
 *
 * <p>Nothing is traced but between {@link #begin} and {@link #end}. What the kernel records is read all the while by a
 * thread of its own, so that buffers can be small; each event is known by its kind, its thread and its moment, and nothing
 * else of it is looked at. Used by one thread.
 */
public final class TraceInstance implements AutoCloseable {
    private static final long ALL_BUFFERS_BYTES = 128L << 20;
    private static final long LEAST_BUFFER_BYTES = 2L << 20;
    private static final long READING_NANOS = 5_000_000;
    private static final int IN_HARDWARE_INTERRUPT = 0x08 | 0x40;
    private static final int CONTEXT_FLAGS = 2;
    private static final int THREAD = 4;
    private static final String MOUNT = "tracing";
    private static final String ENABLE = "enable";
    private static final String CALLS_GROUP = "raw_syscalls";
    static final String CALL = CALLS_GROUP + "/sys_enter";
    private static final String BIRTH = "task/task_newtask";
    private static final String EXECUTION = "sched/sched_process_exec";
    private static final String FUNCTION = "ftrace/function";
    private static final String TRACER = "current_tracer";
    private static final String NO_TRACER = "nop";
    static final String FUNCTION_TRACER = "function";
    static final String FUNCTION_THREADS = "set_ftrace_pid";
    static final String FUNCTION_FORK = "options/function-fork";

    private final Path mount;
    private final Path directory;
    private final List<Path> buffers = new ArrayList<>();
    private List<Processor> processors = List.of();
    private final EventFormat call;
    private final EventFormat birth;
    private final EventFormat execution;
    private final Thread reader;
    private final EventFormat function;
    private Map<Integer, String> names = Map.of();
    private @Nullable KernelSymbols symbols;
    private Events recorded = Events.CALLS;
    private volatile boolean closed;
    private volatile boolean tracing;
    private @Nullable IOException failure;
    private Descent descent = new Descent(Set.of());
    private boolean lost;
    private boolean heard;

    /** Says what is recorded. */
    public enum Events {
        /** System calls. */
        CALLS,
        /** Every tracepoint but those of system calls. */
        TRACEPOINTS,
        /** Functions of the kernel; see {@link TraceFileSystem#functionTrial}. */
        FUNCTIONS
    }

    /**
     * Is the buffer of one processor.
     *
     * @param pages where its pages are read
     * @param statistics what the kernel counts of it
     */
    private record Processor(UnwaitedFile pages, Path statistics) {}

    private TraceInstance(Path mount, Path directory) throws IOException {
        this.mount = mount;
        this.directory = directory;
        tell("trace_clock", "mono");
        tell("options/overwrite", "0");
        tell("options/event-fork", "1");
        try (DirectoryStream<Path> numbers = Files.newDirectoryStream(directory.resolve("per_cpu"), "cpu*")) {
            numbers.forEach(buffers::add);
        }
        long bytes = Math.max(LEAST_BUFFER_BYTES, ALL_BUFFERS_BYTES / buffers.size());
        tell("buffer_size_kb", Long.toString(bytes >> 10));
        this.call = EventFormat.of(directory.resolve("events").resolve(CALL));
        this.birth = EventFormat.of(directory.resolve("events").resolve(BIRTH));
        this.execution = EventFormat.of(directory.resolve("events").resolve(EXECUTION));
        this.function = EventFormat.of(directory.resolve("events").resolve(FUNCTION));
        // Begun before anything is traced, so that no traced thread has begun it.
        this.reader = ObserverThread.start("trace-reader", this::follow);
    }

    /**
     * Makes the tracing instance of a run, which traces nothing yet.
     *
     * @param runDirectory where the file system of the kernel's tracing is mounted meanwhile, so that what remains goes with it
     * @throws IOException where the host refuses
     */
    public static TraceInstance open(Path runDirectory, String runId) throws IOException {
        Path directory = runDirectory.resolve(MOUNT);
        TraceFileSystem.mount(directory);
        try {
            Path instance = directory.resolve("instances").resolve(TraceFileSystem.name(runId));
            // One of this run's that an earlier session was killed with.
            Files.deleteIfExists(instance);
            Files.createDirectory(instance);
            return new TraceInstance(directory, instance);
        } catch (IOException e) {
            TraceFileSystem.unmount(directory);
            throw e;
        }
    }

    /**
     * Begins to trace the calling thread, and all threads of some processes, with whatever they fork from now on.
     *
     * @param daemons processes that launch instances
     */
    public void begin(Events events, List<Long> daemons) throws IOException {
        tell("tracing_on", "0");
        Set<Integer> launchers = launchers(daemons);
        tell("set_event_pid", text(launchers));
        // A thread that was begun meanwhile is missed by either list, but not by both.
        Set<Integer> again = launchers(daemons);
        launchers.addAll(again);
        tell("set_event_pid", text(launchers));
        tell("trace", "");
        if (events == Events.TRACEPOINTS && names.isEmpty()) {
            names = readNames();
        }
        if (events == Events.FUNCTIONS) {
            // Anew each time, since modules come and go.
            KernelSymbols read = KernelSymbols.ofHost();
            synchronized (this) {
                symbols = read;
            }
            tell(FUNCTION_FORK, "1");
            tell(FUNCTION_THREADS, text(launchers));
        }
        synchronized (this) {
            recorded = events;
            descent = new Descent(launchers);
            lost = false;
            heard = false;
        }
        enable(events);
        openBuffers();
        tracing = true;
        tell("tracing_on", "1");
    }

    private static String text(Set<Integer> threads) {
        return threads.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }

    /** Opens what is read; while it is open, the kernel refuses to change the tracer. */
    private synchronized void openBuffers() throws IOException {
        processors = new ArrayList<>();
        for (Path buffer : buffers) {
            processors.add(new Processor(UnwaitedFile.open(buffer.resolve("trace_pipe_raw")), buffer.resolve("stats")));
        }
    }

    private synchronized void closeBuffers() throws IOException {
        for (Processor processor : processors) {
            processor.pages().close();
        }
        processors = List.of();
    }

    private void enable(Events events) throws IOException {
        tell("events/" + BIRTH + "/" + ENABLE, "1");
        tell("events/" + EXECUTION + "/" + ENABLE, "1");
        if (events == Events.CALLS) {
            tell("events/" + CALL + "/" + ENABLE, "1");
            return;
        }
        if (events == Events.FUNCTIONS) {
            tell(TRACER, FUNCTION_TRACER);
            return;
        }
        for (Path group : groups()) {
            tell("events/" + group.getFileName() + "/" + ENABLE, "1");
        }
    }

    private static Set<Integer> launchers(List<Long> daemons) throws IOException {
        Set<Integer> threads = new HashSet<>();
        threads.add(Integer.parseInt(Files.readSymbolicLink(Path.of("/proc/thread-self"))
                .getFileName()
                .toString()));
        for (long daemon : daemons) {
            try (Stream<Path> tasks = Files.list(Path.of("/proc", Long.toString(daemon), "task"))) {
                tasks.forEach(
                        task -> threads.add(Integer.parseInt(task.getFileName().toString())));
            }
        }
        return threads;
    }

    /**
     * Returns what the instance's threads have entered since the last time, or since the beginning.
     *
     * @throws IOException where the kernel dropped an event, or records none
     */
    public Entered take() throws IOException {
        drain();
        for (Processor processor : processors) {
            List<String> lines = Files.readAllLines(processor.statistics());
            if (number(lines, "overrun") + number(lines, "commit overrun") + number(lines, "dropped events") > 0) {
                lost = true;
            }
        }
        synchronized (this) {
            if (failure != null) {
                throw failure;
            }
            if (lost) {
                throw new IOException("the kernel dropped events, since they came faster than they could be read");
            }
            if (!heard) {
                throw new IOException(
                        "the kernel recorded nothing of the thread that launches, as where this process is"
                                + " in a PID namespace of its own");
            }
            KernelSymbols known = symbols;
            return descent.take(
                    recorded == Events.FUNCTIONS && known != null
                            ? known::name
                            : id -> names.getOrDefault(id, "event " + id));
        }
    }

    /** Ends the tracing. */
    public void end() throws IOException {
        tracing = false;
        tell("tracing_on", "0");
        tell("events/" + ENABLE, "0");
        tell("set_event_pid", "");
        closeBuffers();
        if (recorded == Events.FUNCTIONS) {
            tell(TRACER, NO_TRACER);
            tell(FUNCTION_THREADS, "");
        }
        tell("trace", "");
    }

    private void follow() {
        while (!closed) {
            if (tracing) {
                try {
                    drain();
                } catch (IOException e) {
                    synchronized (this) {
                        failure = e;
                    }
                    return;
                }
            }
            LockSupport.parkNanos(READING_NANOS);
        }
    }

    /**
     * Reads what was recorded until now. How many events there are is not asked: a buffer's {@code stats} were seen to count
     * fewer entries than a page then held, so that the last would remain unread. Whoever reads is recorded too where it
     * launches, so that what comes meanwhile is left to the next time.
     */
    private synchronized void drain() throws IOException {
        byte[] page = new byte[RingPage.BYTES];
        for (Processor processor : processors) {
            long[] last = {0};
            long now = System.nanoTime();
            // A processor's events are in the order of their time, which is this clock's.
            while (last[0] - now < 0 && processor.pages().read(page) > 0) {
                lost |= RingPage.read(page, (nanos, data) -> {
                    last[0] = nanos;
                    record(nanos, data);
                });
            }
        }
    }

    private void record(long nanos, ByteBuffer data) {
        int type = Short.toUnsignedInt(data.getShort(0));
        int thread = data.getInt(THREAD);
        heard = true;
        if (type == call.id()) {
            descent.called(nanos, thread, (int) data.getLong(call.offset("id")));
            return;
        }
        if (type == function.id()) {
            KernelSymbols known = symbols;
            int index = known == null ? -1 : known.index(data.getLong(function.offset("ip")));
            if (index >= 0 && (data.get(CONTEXT_FLAGS) & IN_HARDWARE_INTERRUPT) == 0) {
                descent.passed(nanos, thread, index);
            }
            return;
        }
        if (type == birth.id()) {
            descent.born(nanos, thread, data.getInt(birth.offset("pid")), data.getLong(birth.offset("clone_flags")));
        } else if (type == execution.id()) {
            descent.executed(nanos, thread, string(data, data.getInt(execution.offset("filename"))));
        }
        if (recorded == Events.TRACEPOINTS && (data.get(CONTEXT_FLAGS) & IN_HARDWARE_INTERRUPT) == 0) {
            descent.passed(nanos, thread, type);
        }
    }

    /** Reads what a field of the kind {@code __data_loc} points at: length in the upper half, place in the lower one. */
    private static String string(ByteBuffer data, int location) {
        byte[] text = new byte[Math.max(0, (location >>> 16) - 1)];
        data.get(location & 0xffff, text);
        return new String(text, StandardCharsets.UTF_8);
    }

    private static long number(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElse(0);
    }

    private Map<Integer, String> readNames() throws IOException {
        Map<Integer, String> found = new HashMap<>();
        for (Path group : groups()) {
            try (DirectoryStream<Path> events = Files.newDirectoryStream(group, Files::isDirectory)) {
                for (Path event : events) {
                    Path id = event.resolve("id");
                    if (Files.exists(id)) {
                        found.put(
                                Integer.parseInt(Files.readString(id).strip()),
                                group.getFileName() + ":" + event.getFileName());
                    }
                }
            }
        }
        return found;
    }

    /** Returns the directories of the groups of tracepoints, without those of system calls. */
    private List<Path> groups() throws IOException {
        List<Path> groups = new ArrayList<>();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(directory.resolve("events"), Files::isDirectory)) {
            for (Path group : all) {
                String name = group.getFileName().toString();
                if (!name.equals("syscalls") && !name.equals(CALLS_GROUP) && Files.exists(group.resolve(ENABLE))) {
                    groups.add(group);
                }
            }
        }
        return groups;
    }

    private void tell(String file, String text) throws IOException {
        Path path = directory.resolve(file);
        try {
            Files.writeString(path, text, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING);
        } catch (IOException e) {
            throw new IOException(
                    "cannot write '" + text + "' to " + mount.relativize(path) + ": " + e.getMessage(), e);
        }
    }

    /** Removes the instance, which ends its tracing, and unmounts what was mounted for it. */
    @Override
    public void close() {
        closed = true;
        try {
            reader.join();
            closeBuffers();
            Files.delete(directory);
            TraceFileSystem.unmount(mount);
        } catch (IOException e) {
            // The run's end tries once more.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
