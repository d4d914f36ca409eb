package dev.bench.process;

import dev.bench.host.Cgroups;
import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.host.Freezer;
import dev.bench.host.ObserverThread;
import dev.bench.program.FailedStep;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.result.WritableLayer;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LastLine;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OverlayContent;
import dev.bench.target.PausedInstance;
import dev.bench.target.PhaseRecorder;
import dev.bench.workload.Signals;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Represents one bare process. */
final class ProcessInstance implements Instance {
    private final LaunchRequest request;
    private final Path directory;
    private final List<Path> groups;
    private final String stopSignal;
    private final Closeable network;
    private final @Nullable Freezer freezer;
    private final CompletableFuture<String> execution = new CompletableFuture<>();
    private final CompletableFuture<Exit> end = new CompletableFuture<>();
    private @Nullable Process process;
    private @Nullable Thread outputReader;
    private boolean closed;

    /**
     * Prepares an instance; nothing runs yet.
     *
     * @param freezer what pauses it, or null where it will not be
     */
    ProcessInstance(
            LaunchRequest request,
            Path directory,
            List<Path> groups,
            String stopSignal,
            Closeable network,
            @Nullable Freezer freezer) {
        this.request = request;
        this.directory = directory;
        this.groups = groups;
        this.stopSignal = stopSignal;
        this.network = network;
        this.freezer = freezer;
    }

    void start(List<String> command, PhaseRecorder phases) throws IOException {
        Consumer<LaunchRequest.Output> listener = request.output();
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        if (listener == null) {
            builder.redirectOutput(request.log().toFile());
        }
        ObserverThread.start("exec-pipe", () -> watchExecution(phases));
        Process started = builder.start();
        process = started;
        started.onExit().thenAccept(ended -> end.complete(readEnd()));
        if (listener != null) {
            outputReader = ObserverThread.start("process-output", () -> passOn(started.getInputStream(), listener));
        }
    }

    /** The pipe ends when the child executes the workload; anything read before is the report of a failure. */
    private void watchExecution(PhaseRecorder phases) {
        try {
            byte[] report = PosixPipes.read(directory.resolve(LauncherProgram.PIPE));
            long nanos = System.nanoTime();
            if (report.length == 0) {
                phases.mark(PhaseName.EXEC, nanos);
            }
            execution.complete(new String(report, StandardCharsets.UTF_8));
        } catch (IOException e) {
            execution.complete("tell whether it executed the workload: " + e.getMessage());
        }
    }

    private Exit readEnd() {
        long nanos = System.nanoTime();
        try {
            String status =
                    Files.readString(directory.resolve(LauncherProgram.STATUS)).strip();
            return new Exit(Signals.exitStatus(Integer.parseUnsignedInt(status, 16)), nanos);
        } catch (IOException | NumberFormatException e) {
            return new Exit(127, nanos);
        }
    }

    private void passOn(InputStream input, Consumer<LaunchRequest.Output> listener) {
        byte[] buffer = new byte[8192];
        try (input;
                OutputStream log = Files.newOutputStream(request.log())) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                listener.accept(new LaunchRequest.Output(System.nanoTime(), Arrays.copyOf(buffer, count)));
                log.write(buffer, 0, count);
            }
        } catch (IOException e) {
            // The process was killed; what it wrote until then was passed on.
        }
    }

    /** Waits until the workload runs; throws with the launcher's report where it does not. */
    void awaitExecution() throws LaunchException {
        try {
            String report = execution.get(Commands.AT_ONCE.toSeconds(), TimeUnit.SECONDS);
            if (!report.isEmpty()) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "the launcher could not "
                                + FailedStep.find(report)
                                        .map(FailedStep::describe)
                                        .orElse(report.strip())
                                + ". Check workload.command and workload.user against the image, and the host with"
                                + " `bench doctor`",
                        null);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "the run was interrupted during this launch", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the launcher did not execute the workload within " + Commands.AT_ONCE.toSeconds() + " s",
                    e);
        }
    }

    @Nullable
    Exit awaitExit(Duration timeout) {
        try {
            Exit exit = end.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
            if (outputReader != null) {
                outputReader.join(1_000);
            }
            return exit;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
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
        Process running = process;
        if (running != null && running.isAlive()) {
            try {
                for (ProcessHandle child : running.children().toList()) {
                    Commands.run(
                            grace,
                            List.of(
                                    "/bin/busybox",
                                    "kill",
                                    "-" + Signals.number(stopSignal),
                                    Long.toString(child.pid())));
                }
            } catch (IOException e) {
                throw new LaunchException(FailureKind.ENGINE, "cannot send " + stopSignal + ": " + e.getMessage(), e);
            }
        }
        return awaitExit(grace);
    }

    @Override
    public Footprint footprint() {
        // The launcher waits in the workload's group; its file is in the instance's directory.
        List<Path> memory = groups.stream()
                .filter(group -> Cgroups.version() == 2 || group.toString().contains("/memory/"))
                .toList();
        return new Footprint(List.of(directory + "/"), memory, List.of(directory.resolve("upper")), 0);
    }

    @Override
    public Map<String, Long> insideBytes() {
        return Map.of();
    }

    @Override
    public Optional<WritableLayer.Content> written() throws LaunchException {
        try {
            return OverlayContent.of(directory.resolve("upper"));
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot read what was written: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Boolean> holds(String path) {
        Process running = process;
        return running == null
                ? Optional.empty()
                : running.children()
                        .findFirst()
                        .map(child -> Files.exists(Path.of("/proc", Long.toString(child.pid()), "root" + path)));
    }

    @Override
    public String collectLog() {
        // Output goes to the log as it comes.
        if (end.isDone()) {
            awaitExit(Duration.ZERO);
        }
        try {
            return LastLine.of(Files.readAllBytes(request.log()));
        } catch (IOException e) {
            return "";
        }
    }

    /** A launcher that died before it opened the pipe leaves its reader waiting for a writer. */
    private void releaseWatcher() {
        if (!execution.isDone()) {
            try {
                Files.newOutputStream(directory.resolve(LauncherProgram.PIPE)).close();
            } catch (IOException e) {
                // No pipe, no reader.
            }
        }
    }

    /**
     * Stops everything of it where it is.
     *
     * @throws LaunchException where the kernel does not; it is removed then
     */
    KeptState pause() throws LaunchException {
        Freezer group = Objects.requireNonNull(freezer, "freezer is null");
        try {
            group.freeze();
            return new PausedInstance(this, () -> thaw(group));
        } catch (IOException e) {
            close();
            throw new LaunchException(FailureKind.ENGINE, "cannot pause the process: " + e.getMessage(), e);
        }
    }

    private static void thaw(Freezer group) throws LaunchException {
        try {
            group.thaw();
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot resume the process: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        remove(false);
    }

    /** Removes everything but what it has written, on which an instance of the same name can be started. */
    void leave() {
        remove(true);
    }

    private void remove(boolean kept) {
        if (closed) {
            return;
        }
        closed = true;
        // What is frozen does not end.
        Freezer.thawBelow(groups);
        Process running = process;
        if (running != null) {
            // The first process of a PID namespace takes all others with it.
            running.children().forEach(ProcessHandle::destroyForcibly);
            awaitExit(Duration.ofSeconds(5));
            running.destroyForcibly();
        }
        releaseWatcher();
        try {
            network.close();
            Cgroups.remove(groups);
            if (!kept) {
                FileTrees.delete(directory);
            }
        } catch (IOException e) {
            // The run's end removes its namespaces, directory and groups once more, and reports.
        }
    }
}
