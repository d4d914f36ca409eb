package dev.bench.libvirt;

import dev.bench.guest.StackProgram;
import dev.bench.program.FailedStep;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.Footprint;
import dev.bench.target.LastLine;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RunningService;
import dev.bench.target.ServiceStart;
import dev.bench.workload.Signals;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Represents a service in a machine, which it may share with others. Safe for use by several threads. */
final class MachineService implements RunningService {
    private static final Duration BEGIN_TIMEOUT = Duration.ofMinutes(5);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(20);
    private static final Duration KILL_TIMEOUT = Duration.ofSeconds(10);
    private static final Duration LAST_WORDS_TIMEOUT = Duration.ofSeconds(10);
    /** As engines do: twice as long before each start as before the one before, and from the beginning after a while. */
    private static final Duration FIRST_PAUSE = Duration.ofMillis(100);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);
    private static final Duration STEADY = Duration.ofSeconds(10);

    private final ServiceStart start;
    private final char letter;
    private final ServiceMachine machine;
    private final PhaseRecorder phases;
    private final Consumer<MachineService> removal;
    private final ByteArrayOutputStream words = new ByteArrayOutputStream();
    private final CompletableFuture<Exit> end = new CompletableFuture<>();
    private final CompletableFuture<Boolean> begun = new CompletableFuture<>();
    private CompletableFuture<Boolean> silence = new CompletableFuture<>();
    private @Nullable CompletableFuture<Check> check;
    private String failure = "";
    private boolean stopping;
    private int restarts;
    private long begunAt;
    private Duration pause = FIRST_PAUSE;
    /** How it ended the last time, while it waits to be started again; null otherwise. */
    private @Nullable Exit between;

    private boolean closed;

    /**
     * Represents a service that has yet to begin.
     *
     * @param removal hears when it has ended for good
     */
    MachineService(
            ServiceStart start,
            char letter,
            ServiceMachine machine,
            PhaseRecorder phases,
            Consumer<MachineService> removal) {
        this.start = start;
        this.letter = letter;
        this.machine = machine;
        this.phases = phases;
        this.removal = removal;
    }

    /**
     * Starts it, and waits until its program is executed, as an engine does before it says that a container is started, or
     * until its end.
     */
    void begin() throws LaunchException {
        machine.add(letter, this);
        machine.begin(letter);
        try {
            CompletableFuture.anyOf(begun, end).get(BEGIN_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "interrupted while a machine booted", e);
        } catch (ExecutionException | TimeoutException e) {
            throw new LaunchException(
                    FailureKind.TIMEOUT,
                    "the guest did not execute the program of the service "
                            + start.service().name() + " within " + BEGIN_TIMEOUT.toMinutes() + " minutes",
                    e);
        }
    }

    /** Hears that its program is executed. */
    synchronized void executed(long nanos) {
        begunAt = nanos;
        phases.mark(PhaseName.EXEC, nanos);
        begun.complete(true);
    }

    /** Hears of a step that failed before its program was executed, in words. */
    synchronized void failed(String step) {
        failure = step;
    }

    /** Hears of its end, and starts it again where that is to follow. */
    synchronized void ended(long nanos, int waitStatus) {
        int status = Signals.exitStatus(waitStatus);
        if (!failure.isEmpty()) {
            end.complete(new Exit(status, nanos, "the guest could not " + failure));
        } else if (stopping || !start.service().restart().follows(status, restarts)) {
            end.complete(new Exit(status, nanos));
        } else {
            restarts++;
            between = new Exit(status, nanos);
            pause = nanos - begunAt >= STEADY.toNanos() ? FIRST_PAUSE : pause;
            CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::startAgain);
            pause = pause.multipliedBy(2).compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : pause.multipliedBy(2);
        }
    }

    private void startAgain() {
        synchronized (this) {
            if (stopping) {
                return;
            }
            between = null;
            silence = new CompletableFuture<>();
        }
        try {
            machine.begin(letter);
        } catch (LaunchException e) {
            // A machine that cannot be spoken to is gone, and its end is told of.
        }
    }

    /** Hears that the machine is gone, and the service with it. */
    synchronized void machineGone(Exit exit) {
        end.complete(exit);
        silence.complete(true);
    }

    /** Hears what it writes. */
    void wrote(long nanos, byte[] bytes) {
        if (bytes.length == 0) {
            silence().complete(true);
            return;
        }
        words.writeBytes(bytes);
        Consumer<LaunchRequest.Output> listener = start.request().output();
        if (listener != null) {
            listener.accept(new LaunchRequest.Output(nanos, bytes));
        }
    }

    private synchronized CompletableFuture<Boolean> silence() {
        return silence;
    }

    /** Hears that its check could not be executed. */
    synchronized void notChecked(String step) {
        CompletableFuture<Check> asked = check;
        if (asked != null) {
            asked.complete(new Check(Check.NOT_EXECUTED, "the guest could not " + step));
        }
    }

    /** Hears how its check ended. */
    synchronized void checked(boolean late, int waitStatus, byte[] output) {
        CompletableFuture<Check> asked = check;
        if (asked != null) {
            String text = new String(output, StandardCharsets.UTF_8);
            asked.complete(new Check(
                    late ? Check.TIMED_OUT : Signals.exitStatus(waitStatus),
                    FailedStep.find(text)
                            .map(step -> "the guest could not " + step.describe())
                            .orElse(text)));
        }
    }

    @Override
    public Check check(Duration timeout) throws LaunchException {
        CompletableFuture<Check> asked = new CompletableFuture<>();
        synchronized (this) {
            check = asked;
        }
        try {
            machine.machine().command(StackProgram.CHECK_COMMAND, letter);
            CompletableFuture.anyOf(asked, end).get(timeout.plus(ANSWER_TIMEOUT).toMillis(), TimeUnit.MILLISECONDS);
            if (asked.isDone()) {
                return asked.get();
            }
            throw new LaunchException(FailureKind.EXITED, "the service has ended", null);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LaunchException(FailureKind.INTERRUPTED, "interrupted during a health check", e);
        } catch (ExecutionException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "the health check could not be executed: " + e.getMessage(), e);
        } catch (TimeoutException e) {
            throw new LaunchException(FailureKind.TIMEOUT, "the guest did not tell how the health check ended", e);
        }
    }

    @Override
    public String name() {
        return start.request().name();
    }

    @Override
    public InetAddress address() {
        return machine.machine().address();
    }

    @Override
    public @Nullable Exit exit() {
        return end.getNow(null);
    }

    @Override
    public @Nullable Exit stop(Duration grace) throws LaunchException {
        return signal(StackProgram.STOP_COMMAND, grace);
    }

    private @Nullable Exit signal(char command, Duration grace) throws LaunchException {
        synchronized (this) {
            stopping = true;
            Exit former = between;
            if (former != null) {
                end.complete(former);
            }
        }
        if (exit() == null) {
            machine.machine().command(command, letter);
        }
        try {
            return end.get(grace.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException | TimeoutException e) {
            return null;
        }
    }

    @Override
    public Footprint footprint() {
        return machine.machine().footprint();
    }

    @Override
    public Map<String, Long> insideBytes() throws LaunchException {
        return machine.machine().insideBytes();
    }

    @Override
    public String layerForm() {
        return machine.machine().layerForm();
    }

    @Override
    public String collectLog() {
        if (exit() != null) {
            try {
                silence().get(LAST_WORDS_TIMEOUT.toSeconds(), TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            } catch (ExecutionException | TimeoutException e) {
                // What has arrived is judged as it is.
            }
        }
        byte[] written = words.toByteArray();
        String last = LastLine.of(written);
        try {
            if (last.isEmpty()) {
                Files.write(start.request().log(), machine.machine().consoleWords());
            } else {
                Files.write(start.request().log(), written);
            }
        } catch (IOException e) {
            // The failure that asked for the log is the one to report.
        }
        return last;
    }

    /** Kills it and lets its machine write out what it has not yet written to volumes, which others may use next. */
    @Override
    public void close() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
        }
        if (exit() == null) {
            try {
                signal(StackProgram.KILL_COMMAND, KILL_TIMEOUT);
            } catch (LaunchException e) {
                // A machine that cannot be spoken to is gone.
            }
        }
        removal.accept(this);
    }

    /** Removes it with its machine at once, whatever it was doing: nobody uses its volumes any more. */
    void discard() {
        synchronized (this) {
            if (closed) {
                return;
            }
            closed = true;
            stopping = true;
        }
        removal.accept(this);
    }
}
