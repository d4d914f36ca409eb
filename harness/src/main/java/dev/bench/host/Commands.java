package dev.bench.host;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Runs commands of the host, without a shell. Safe for use by several threads. */
public final class Commands {
    /**
     * How long a command is waited for that ends at once: it has stopped for good after that, even where a busy host runs it
     * or the processor is emulated and starting a program alone takes seconds.
     */
    public static final Duration AT_ONCE = Duration.ofMinutes(2);

    private static final int KEPT_BYTES = 1 << 20;
    private static final int SHOWN_LINES = 8;
    private static final int LONGEST_LINE = 1 << 20;

    private Commands() {}

    /**
     * Tells how a command ended.
     *
     * @param status exit status
     * @param output standard output and error together, the first mebibyte
     */
    public record Ended(int status, String output) {
        /** Returns the last lines of the output, for an error message. */
        public String tail() {
            return Commands.tail(output);
        }
    }

    /** Returns the last lines of an output, for an error message. */
    static String tail(String output) {
        String[] lines = output.strip().split("\n", -1);
        return String.join("\n", Arrays.copyOfRange(lines, Math.max(0, lines.length - SHOWN_LINES), lines.length));
    }

    /**
     * Runs a command to its end and returns how it ended.
     *
     * @throws IOException where it cannot be started, does not end in time, or the thread is interrupted
     */
    public static Ended run(Duration timeout, List<String> command) throws IOException {
        return run(timeout, null, Map.of(), command);
    }

    /**
     * Runs a command that must end with status 0 and returns its output.
     *
     * @throws CommandException where it ends otherwise
     */
    public static String runOrThrow(Duration timeout, List<String> command) throws IOException {
        Ended ended = run(timeout, command);
        if (ended.status() != 0) {
            throw new CommandException(
                    "`" + String.join(" ", command) + "` ended with status " + ended.status() + ": " + ended.tail());
        }
        return ended.output();
    }

    /** Runs a command in a directory (null for this one) with more environment. */
    public static Ended run(
            Duration timeout, @Nullable Path directory, Map<String, String> environment, List<String> command)
            throws IOException {
        return run(timeout, directory, environment, command, line -> {});
    }

    /**
     * Runs a command as {@link #run(Duration, Path, Map, List)} does.
     *
     * @param lines hears of every line of output as it comes, in a thread of its own
     */
    public static Ended run(
            Duration timeout,
            @Nullable Path directory,
            Map<String, String> environment,
            List<String> command,
            Consumer<String> lines)
            throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        if (directory != null) {
            builder.directory(directory.toFile());
        }
        builder.environment().putAll(environment);
        Process process = builder.start();
        ByteArrayOutputStream kept = new ByteArrayOutputStream();
        Thread reader = new Thread(() -> read(process.getInputStream(), kept, lines), "command-output");
        reader.setDaemon(true);
        reader.start();
        try {
            if (!process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS)) {
                throw new CommandException(
                        "`" + String.join(" ", command) + "` did not end within " + timeout.toSeconds() + " s");
            }
            // A daemon the command left behind may hold the pipe open: its output is not waited for.
            reader.join(1_000);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while running " + command.get(0));
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        synchronized (kept) {
            return new Ended(process.exitValue(), kept.toString(StandardCharsets.UTF_8));
        }
    }

    private static void read(InputStream input, ByteArrayOutputStream kept, Consumer<String> lines) {
        byte[] buffer = new byte[8192];
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try (input) {
            for (int count = input.read(buffer); count >= 0; count = input.read(buffer)) {
                synchronized (kept) {
                    kept.write(buffer, 0, Math.min(count, Math.max(0, KEPT_BYTES - kept.size())));
                }
                for (int i = 0; i < count; i++) {
                    if (buffer[i] == '\n') {
                        lines.accept(line.toString(StandardCharsets.UTF_8));
                        line.reset();
                    } else if (line.size() < LONGEST_LINE) {
                        line.write(buffer[i]);
                    }
                }
            }
        } catch (IOException e) {
            // The process was killed; what it said until then is kept.
        }
    }
}
