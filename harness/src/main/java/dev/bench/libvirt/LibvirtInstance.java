package dev.bench.libvirt;

import dev.bench.guest.GuestProgram;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.ProcessMemory;
import dev.bench.host.Processes;
import dev.bench.program.FailedStep;
import dev.bench.result.PhaseName;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LastLine;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Represents one virtual machine. */
final class LibvirtInstance implements Instance {
    /** What a machine that went away without a word counts as having ended with. */
    private static final int GONE = 255;

    private static final Duration INSIDE_TIMEOUT = Duration.ofMinutes(1);
    private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(10);
    private static final long POLL_NANOS = 5_000_000;

    private final LaunchRequest request;
    private final Path directory;
    private final PhaseRecorder phases;
    private final SerialPort console;
    private final SerialPort control;
    private final SerialPort output;
    private final String stopSignal;
    private final long guestBytes;
    private final ByteArrayOutputStream kernelWords = new ByteArrayOutputStream();
    private final ByteArrayOutputStream workloadWords = new ByteArrayOutputStream();

    private final StringBuilder controlText = new StringBuilder();
    private final CompletableFuture<Exit> end = new CompletableFuture<>();
    private final CompletableFuture<Boolean> outputEnd = new CompletableFuture<>();
    private @Nullable Domain domain;
    private List<Path> groups = List.of();
    private @Nullable Path group;
    private boolean closed;

    /**
     * Holds what a machine that has ended left on its ports.
     *
     * @param manifest what stood between the manifest marks
     * @param failure the step of init that failed, in words; empty where none did
     */
    record Record(String manifest, String failure) {}

    LibvirtInstance(
            LaunchRequest request,
            Path directory,
            Path sockets,
            String stopSignal,
            long guestBytes,
            PhaseRecorder phases)
            throws IOException {
        this.request = request;
        this.directory = directory;
        this.stopSignal = stopSignal;
        this.guestBytes = guestBytes;
        this.phases = phases;
        // A socket's path has 108 characters at most, so it stands in the run's own short directory.
        this.console = SerialPort.listen(sockets.resolve(request.name() + ".0"), new SerialPort.Listener() {
            @Override
            public void received(long nanos, byte[] bytes) {
                consoleReceived(nanos, bytes);
            }

            @Override
            public void ended() {
                // The control port's end is the machine's.
            }
        });
        this.control = SerialPort.listen(sockets.resolve(request.name() + ".1"), new SerialPort.Listener() {
            @Override
            public void received(long nanos, byte[] bytes) {
                controlReceived(nanos, bytes);
            }

            @Override
            public void ended() {
                end.complete(endOf(GONE, System.nanoTime()));
            }
        });
        this.output = SerialPort.listen(sockets.resolve(request.name() + ".2"), new SerialPort.Listener() {
            @Override
            public void received(long nanos, byte[] bytes) {
                outputReceived(nanos, bytes);
            }

            @Override
            public void ended() {
                outputEnd.complete(true);
            }
        });
    }

    Path consolePath() {
        return console.path();
    }

    Path controlPath() {
        return control.path();
    }

    Path outputPath() {
        return output.path();
    }

    void started(Domain started) {
        domain = started;
    }

    /** Takes over the machine's control groups, to be removed with it. */
    void limited(List<Path> directories) {
        groups = directories;
    }

    private void consoleReceived(long nanos, byte[] bytes) {
        phases.mark(PhaseName.KERNEL, nanos);
        kernelWords.writeBytes(bytes);
    }

    private void outputReceived(long nanos, byte[] bytes) {
        workloadWords.writeBytes(bytes);
        Consumer<LaunchRequest.Output> listener = request.output();
        if (listener != null) {
            listener.accept(new LaunchRequest.Output(nanos, bytes));
        }
    }

    private void controlReceived(long nanos, byte[] bytes) {
        String text;
        synchronized (controlText) {
            controlText.append(new String(bytes, StandardCharsets.ISO_8859_1).replace("\r", ""));
            text = controlText.toString();
        }
        if (hasLine(text, GuestProgram.INIT_MARK)) {
            phases.mark(PhaseName.INIT, nanos);
        }
        if (hasLine(text, GuestProgram.EXEC_MARK)) {
            phases.mark(PhaseName.EXEC, nanos);
        }
        int mark = text.indexOf("\n" + GuestProgram.EXIT_MARK + "\n");
        int digits = mark + GuestProgram.EXIT_MARK.length() + 2;
        if (mark >= 0 && text.length() >= digits + 8) {
            int status = Integer.parseUnsignedInt(text.substring(digits, digits + 8), 16);
            end.complete(endOf(Signals.exitStatus(status), nanos));
        }
    }

    private Exit endOf(int status, long nanos) {
        String failure = failure();
        return failure.isEmpty() ? new Exit(status, nanos) : new Exit(status, nanos, failure);
    }

    private static boolean hasLine(String text, String line) {
        return text.startsWith(line + "\n") || text.contains("\n" + line + "\n");
    }

    /** Waits until the machine has ended and returns what it left, null where the time passes. */
    @Nullable
    Record awaitRecord(Duration timeout) {
        Exit exit = await(timeout);
        if (exit == null) {
            return null;
        }
        awaitLastWords();
        String[] parts;
        synchronized (controlText) {
            parts = controlText.toString().split(GuestProgram.MANIFEST_MARK + "\n", -1);
        }
        return new Record(parts.length > 1 ? parts[1] : "", failure());
    }

    /** The end of the workload is told on another port than its last words; both ports end with the machine. */
    private void awaitLastWords() {
        try {
            outputEnd.get(LAST_WORDS_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (ExecutionException | TimeoutException e) {
            // What has arrived is judged as it is.
        }
    }

    private @Nullable Exit await(Duration timeout) {
        try {
            return end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    /** Returns which step of init failed; empty where none did. */
    private String failure() {
        return FailedStep.find(text())
                .map(step -> "the guest could not " + step.describe())
                .orElse("");
    }

    @Override
    public String name() {
        return request.name();
    }

    @Override
    public InetAddress address() {
        return request.address();
    }

    @Override
    public @Nullable Exit exit() {
        return end.getNow(null);
    }

    @Override
    public @Nullable Exit stop(Duration grace) throws LaunchException {
        try {
            control.write(GuestProgram.STOP_COMMAND.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            if (!end.isDone()) {
                throw new LaunchException("engine", "cannot send " + stopSignal + ": " + e.getMessage(), e);
            }
        }
        return await(grace);
    }

    /** Says which memory control group the machine was started in; it is removed with the instance. */
    void accountedIn(Path memoryGroup) {
        group = memoryGroup;
    }

    @Override
    public Footprint footprint() {
        // QEMU is told the machine's name in this form.
        String identifier = "guest=" + request.name() + ",";
        Path own = group;
        return new Footprint(
                List.of(identifier),
                own == null ? daemonsGroup(identifier) : List.of(own),
                List.of(directory),
                guestBytes);
    }

    /** A libvirt daemon puts every machine into a group below one of that name; any other group is not the machine's own. */
    private static List<Path> daemonsGroup(String identifier) {
        return Processes.naming(identifier).stream()
                .flatMap(pid -> Cgroups.memoryGroup(pid).stream())
                .filter(found -> found.toString().contains("machine"))
                .toList();
    }

    @Override
    public Map<String, Long> insideBytes() throws LaunchException {
        int before = text().length();
        try {
            control.write(GuestProgram.MEMORY_COMMAND.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new LaunchException("engine", "cannot ask the guest for its memory: " + e.getMessage(), e);
        }
        long deadline = System.nanoTime() + INSIDE_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            String[] parts = text().substring(before).split(GuestProgram.MEMORY_MARK + "\n", -1);
            if (parts.length > 2) {
                return ProcessMemory.sizes(parts[1].lines().toList());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        throw new LaunchException(
                "timeout", "the guest did not tell of its memory within " + INSIDE_TIMEOUT.toSeconds() + " s", null);
    }

    private String text() {
        synchronized (controlText) {
            return controlText.toString();
        }
    }

    /** The kernel may know why a workload ended that had its say before: memory that ran out. */
    private static Path console(Path log) {
        return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", "") + "-console.log");
    }

    @Override
    public String collectLog() {
        if (end.isDone()) {
            awaitLastWords();
        }
        byte[] words = workloadWords.toByteArray();
        String last = LastLine.of(words);
        try {
            if (last.isEmpty()) {
                Files.write(request.log(), kernelWords.toByteArray());
            } else {
                Files.write(request.log(), words);
                Files.write(console(request.log()), kernelWords.toByteArray());
            }
        } catch (IOException e) {
            // The failure that asked for the log is the one to report.
        }
        return last;
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        Domain running = domain;
        if (running != null) {
            try {
                running.destroy();
            } catch (LibvirtException e) {
                // A machine that powered itself off is gone already.
            }
            try {
                running.free();
            } catch (LibvirtException e) {
                // Only memory of this process.
            }
        }
        console.close();
        control.close();
        output.close();
        try {
            Cgroups.remove(groups);
            if (group != null) {
                Cgroups.remove(List.of(group));
            }
            FileTrees.delete(directory);
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
