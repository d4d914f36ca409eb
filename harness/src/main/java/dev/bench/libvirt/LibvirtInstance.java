package dev.bench.libvirt;

import dev.bench.guest.BootWords;
import dev.bench.guest.GuestProgram;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.guest.WrittenFiles;
import dev.bench.host.Cgroups;
import dev.bench.host.FileTrees;
import dev.bench.host.Processes;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.result.WritableLayer;
import dev.bench.target.ControlSequences;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LastLine;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OverlayContent;
import dev.bench.target.PausedInstance;
import dev.bench.target.PhaseRecorder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
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
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.libvirt.Domain;
import org.libvirt.LibvirtException;

/** Represents one virtual machine. */
final class LibvirtInstance implements Instance {
    /** Name of its disk, in its directory. */
    static final String DISK = "disk.qcow2";

    private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(10);

    private static final long POLL_NANOS = 50_000_000;
    private static final int SHOWN_LINES = 5;

    /** Says whose the first word on the console is. */
    enum Words {
        OF_KERNEL,
        OF_FIRMWARE
    }

    private final LaunchRequest request;
    private final Path directory;
    private final PhaseRecorder phases;
    private final Words words;
    private final BootWords bootWords;
    private final SerialPort console;
    private final ControlPort control;
    private final SerialPort output;
    private final String stopSignal;
    private final long guestBytes;
    private final ByteArrayOutputStream kernelWords = new ByteArrayOutputStream();
    private final ByteArrayOutputStream workloadWords = new ByteArrayOutputStream();
    private final CompletableFuture<Boolean> outputEnd = new CompletableFuture<>();
    private @Nullable Domain domain;
    private List<Path> groups = List.of();
    private @Nullable Path group;
    private boolean closed;

    /**
     * Holds what a machine that has ended left on its ports.
     *
     * @param manifest what stood between the manifest marks
     * @param told all that init told
     * @param failure the step of init that failed, in words; empty where none did
     */
    record Remains(String manifest, String told, String failure) {}

    LibvirtInstance(
            LaunchRequest request,
            Path directory,
            Path sockets,
            String stopSignal,
            long guestBytes,
            PhaseRecorder phases,
            Words words)
            throws IOException {
        this.request = request;
        this.directory = directory;
        this.stopSignal = stopSignal;
        this.guestBytes = guestBytes;
        this.phases = phases;
        this.words = words;
        this.bootWords = new BootWords(phases::mark);
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
        this.control = new ControlPort(sockets.resolve(request.name() + ".1"), phases);
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

    DomainXml.Ports ports() {
        return new DomainXml.Ports(console.path(), control.path(), output.path());
    }

    /** Lets somebody hear what init tells, from before the machine is started. */
    void follow(ControlPort.Follower follower) {
        control.follow(follower);
    }

    /** Says something to init for one of its services. */
    void command(char command, char letter) throws LaunchException {
        control.command(command, letter);
    }

    void started(Domain started) {
        domain = started;
    }

    /** Takes over the machine's control groups, to be removed with it. */
    void limited(List<Path> directories) {
        groups = directories;
    }

    private void consoleReceived(long nanos, byte[] bytes) {
        switch (words) {
            case OF_KERNEL -> phases.mark(PhaseName.KERNEL, nanos);
            case OF_FIRMWARE -> bootWords.said(nanos, new String(bytes, StandardCharsets.ISO_8859_1));
        }
        kernelWords.writeBytes(bytes);
    }

    private void outputReceived(long nanos, byte[] bytes) {
        workloadWords.writeBytes(bytes);
        Consumer<LaunchRequest.Output> listener = request.output();
        if (listener != null) {
            listener.accept(new LaunchRequest.Output(nanos, bytes));
        }
    }

    /** Waits until the machine has ended and returns what it left, null where the time passes. */
    @Nullable
    Remains awaitRecord(Duration timeout) {
        Exit exit = control.await(timeout);
        if (exit == null) {
            return null;
        }
        awaitLastWords();
        return new Remains(control.manifest(), control.told(), control.failure());
    }

    /**
     * Waits until a machine that boots a disk runs its unit, and returns how far it came where it does not within the time;
     * empty where it does.
     */
    String awaitUnit(Duration timeout) {
        long deadline = System.nanoTime() + timeout.toNanos();
        while (control.end() == null && !bootWords.hopeless() && System.nanoTime() < deadline) {
            if (control.heard(GuestProgram.UNIT_MARK)) {
                return "";
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return control.heard(GuestProgram.UNIT_MARK)
                ? ""
                : "the machine did not get to its unit; it last wrote " + reached();
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
        return control.end();
    }

    @Override
    public @Nullable Exit stop(Duration grace) throws LaunchException {
        control.stop(stopSignal);
        return control.await(grace);
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
                List.of(identifier, SharedRoot.server(directory)),
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
        return control.insideBytes();
    }

    @Override
    public String layerForm() {
        return Files.isDirectory(SharedRoot.upper(directory)) ? Instance.super.layerForm() : "qcow2 overlay";
    }

    @Override
    public Optional<WritableLayer.Content> written() throws LaunchException {
        Path overlay = directory.resolve(DISK);
        try {
            Optional<WritableLayer.Content> upper = OverlayContent.of(SharedRoot.upper(directory));
            if (upper.isPresent()) {
                return upper;
            }
            if (control.end() == null) {
                return Optional.of(new WritableLayer.Content(Qcow2Overlay.writtenBytes(overlay), null, List.of()));
            }
            // What writes last is init.
            awaitLastWords();
            return Optional.of(WrittenFiles.in(overlay, directory.resolve("written")));
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot read what the machine wrote to its disk: " + e.getMessage(), e);
        }
    }

    @Override
    public Optional<Boolean> holds(String path) throws LaunchException {
        return control.end() == null ? Optional.of(control.holdsTrace()) : Optional.empty();
    }

    /** The kernel may know why a workload ended that had its say before: memory that ran out. */
    private static Path console(Path log) {
        return log.resolveSibling(log.getFileName().toString().replaceFirst("\\.log$", "") + "-console.log");
    }

    @Override
    public String collectLog() {
        if (control.end() != null) {
            awaitLastWords();
        }
        byte[] said = workloadWords.toByteArray();
        String last = LastLine.of(said);
        try {
            if (last.isEmpty()) {
                Files.write(request.log(), kernelWords.toByteArray());
            } else {
                Files.write(request.log(), said);
                Files.write(console(request.log()), kernelWords.toByteArray());
            }
        } catch (IOException e) {
            // The failure that asked for the log is the one to report.
        }
        return words == Words.OF_FIRMWARE && phases.at(PhaseName.EXEC).isEmpty() ? reached() : last;
    }

    /** Tells how far a machine came that boots a disk, and what it said last. */
    private String reached() {
        String phase = Arrays.stream(PhaseName.values())
                .filter(name -> phases.at(name).isPresent())
                .reduce((earlier, later) -> later)
                .orElse(PhaseName.REQUEST)
                .label();
        List<String> lines = ControlSequences.removed(new String(kernelWords.toByteArray(), StandardCharsets.UTF_8))
                .lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        return "on its console, in the phase " + phase + ": "
                + String.join(" | ", lines.subList(Math.max(0, lines.size() - SHOWN_LINES), lines.size()));
    }

    /** Returns what the guest's kernel wrote on its console. */
    byte[] consoleWords() {
        return kernelWords.toByteArray();
    }

    /**
     * Stops its processors.
     *
     * @throws LaunchException where libvirt does not; it is removed then
     */
    KeptState pause() throws LaunchException {
        Domain running = domain();
        try {
            running.suspend();
            return new PausedInstance(this, () -> resume(running));
        } catch (LibvirtException e) {
            close();
            throw new LaunchException(
                    FailureKind.ENGINE, "libvirt could not suspend the machine: " + e.getMessage(), e);
        }
    }

    private static void resume(Domain suspended) throws LaunchException {
        try {
            suspended.resume();
        } catch (LibvirtException e) {
            throw new LaunchException(FailureKind.ENGINE, "libvirt could not resume the machine: " + e.getMessage(), e);
        }
    }

    /** Returns what libvirt knows it as. */
    Domain domain() {
        return Objects.requireNonNull(domain, "the machine was not started");
    }

    /** Returns one that is to be restored from what this one was saved to, on the same ports, when this was left. */
    LibvirtInstance successor(Path sockets) throws IOException {
        // What a restored kernel says is no boot.
        return new LibvirtInstance(request, directory, sockets, stopSignal, guestBytes, new PhaseRecorder(), words);
    }

    /** Returns the directory of its own files. */
    Path directory() {
        return directory;
    }

    @Override
    public void close() {
        remove(false);
    }

    /** Removes everything but its disks, from which an instance of the same name can be started. */
    void leave() {
        remove(true);
    }

    private void remove(boolean kept) {
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
            if (!kept) {
                FileTrees.delete(directory);
            }
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
