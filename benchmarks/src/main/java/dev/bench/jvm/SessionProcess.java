package dev.bench.jvm;

import dev.bench.host.SystemFiles;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.session.SessionOrder;
import dev.bench.session.SessionReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Starts a measuring JVM and follows it to its end. */
public final class SessionProcess {
    /** Time for a session to remove what it runs after it was asked to stop. */
    private static final int STOP_SECONDS = 20;

    /** What a JVM that a signal ended ends with, as a shell has it; these come from outside. */
    private static final Map<Integer, String> SIGNALS =
            Map.of(128 + 1, "SIGHUP", 128 + 2, "SIGINT", 128 + 9, "SIGKILL", 128 + 15, "SIGTERM");

    private final UnaryOperator<List<String>> enter;
    private final Path directory;

    /**
     * Prepares the start.
     *
     * @param enter wraps a command so that it runs in the lab's network
     * @param directory private directory for the order and for temporary files
     */
    public SessionProcess(UnaryOperator<List<String>> enter, Path directory) {
        this.enter = enter;
        this.directory = directory;
    }

    /**
     * Runs a session in a JVM of its own.
     *
     * @param log file for everything the JVM prints beside its events
     * @throws SessionException where the session could not go on
     */
    public SessionReport run(SessionOrder order, Path log, SessionListener listener, Cancellation cancellation)
            throws SessionException {
        Process process;
        long killsBefore = memoryKills();
        try {
            Path file = directory.resolve("session-" + order.session() + ".json");
            MeasuringJvm.JSON.writeValue(file.toFile(), order);
            Path temporary = Files.createDirectories(directory.resolve("tmp"));
            process = new ProcessBuilder(enter.apply(MeasuringJvm.command(SessionMain.class, file, temporary)))
                    .redirectError(ProcessBuilder.Redirect.appendTo(log.toFile()))
                    .start();
        } catch (IOException e) {
            throw new SessionException("cannot start the measuring JVM: " + e.getMessage(), Blame.TOOL, e);
        }
        cancellation.onRequest(() -> {
            closeInput(process);
            // One that waits for an engine without an answer cannot be waited for.
            CompletableFuture.delayedExecutor(STOP_SECONDS, TimeUnit.SECONDS).execute(process::destroyForcibly);
        });
        try {
            SessionEvent last = follow(process, listener);
            if (last != null && last.report() != null) {
                return last.report();
            }
            if (last != null && last.failure() != null) {
                throw new SessionException(
                        last.failure().message(), last.failure().blame(), null);
            }
            throw ended(process.waitFor(), memoryKills() - killsBefore, log);
        } catch (IOException e) {
            throw new SessionException("lost the measuring JVM: " + e.getMessage(), Blame.TOOL, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SessionException("interrupted", Blame.TOOL, e);
        } finally {
            end(process);
        }
    }

    private static @Nullable SessionEvent follow(Process process, SessionListener listener) throws IOException {
        SessionEvent last = null;
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                if (!line.startsWith(SessionEvent.PREFIX)) {
                    continue;
                }
                SessionEvent event =
                        MeasuringJvm.JSON.readValue(line.substring(SessionEvent.PREFIX.length()), SessionEvent.class);
                if (event.stage() != null) {
                    listener.stage(event.stage());
                }
                if (event.prepared() != null) {
                    listener.prepared(
                            event.prepared().targets(), event.prepared().harness());
                }
                if (event.launch() != null) {
                    listener.launched(event.launch());
                }
                last = event;
            }
        }
        return last;
    }

    /** Says what an end came of that the JVM itself did not foresee. */
    static SessionException ended(int status, long memoryKills, Path log) {
        String signal = SIGNALS.get(status);
        if (signal == null) {
            return new SessionException(
                    "the measuring JVM ended early, with status " + status + "; see " + log, Blame.TOOL, null);
        }
        return new SessionException(
                memoryKills > 0 && signal.equals("SIGKILL")
                        ? "the kernel killed the measuring JVM because memory ran out (`dmesg` has the details);"
                                + " give the host more, or measure fewer or smaller instances"
                        : "the measuring JVM was killed from outside (" + signal + "); run again",
                Blame.HOST,
                null);
    }

    /** Returns how many processes the kernel has killed for want of memory since boot, on the host or within a control group. */
    private static long memoryKills() {
        return SystemFiles.ofHost().lines("/proc/vmstat").stream()
                .filter(line -> line.startsWith("oom_kill "))
                .mapToLong(line -> Long.parseLong(line.substring(line.indexOf(' ') + 1)))
                .sum();
    }

    private static void closeInput(Process process) {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // The other end is gone already, which is what closing was to bring about.
        }
    }

    private static void end(Process process) {
        closeInput(process);
        try {
            if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                // What it goes on starting until it is gone would outlive the lab.
                process.destroyForcibly().waitFor(STOP_SECONDS, TimeUnit.SECONDS);
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
