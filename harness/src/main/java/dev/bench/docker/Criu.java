package dev.bench.docker;

import dev.bench.host.Capability;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.host.ScratchDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out whether CRIU, by which engines save containers, works on this host. Its own check finds kernels good on which it
 * then cannot save a process that listens, so that one is saved and restored.
 */
final class Criu {
    /** What a target needs whose containers are restored. */
    static final String NEED = "docker:criu";

    private static final String NAME = "CRIU";
    private static final String PROGRAM = "criu";
    private static final String LOG = "criu.log";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long LISTENS_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(5);

    /** A line of its log that tells of a failure: the time, the place in its source, and the words. */
    private static final Pattern ERROR = Pattern.compile("(?:\\([0-9.]+\\)\\s*)?Error \\([^)]*\\): (.*)");

    private static final int MOST_ERRORS = 3;

    /** How an engine names the log of a CRIU that has failed. */
    private static final Pattern NAMED_LOG = Pattern.compile("(?:log file:|path=) (/\\S+?\\.log)");

    private Criu() {}

    /** Tries it, which takes a second. */
    static Capability examine() {
        if (Executables.find(PROGRAM).isEmpty()) {
            return missing("not installed");
        }
        try (ScratchDirectory scratch = ScratchDirectory.create("doctor")) {
            String refusal = trial(scratch.path());
            return refusal.isEmpty()
                    ? Capability.ok(NAME, "a process that listens is saved and restored")
                    : missing(refusal);
        } catch (IOException e) {
            return missing(String.valueOf(e.getMessage()));
        }
    }

    private static Capability missing(String finding) {
        return Capability.missing(
                        NAME,
                        finding,
                        "targets with `docker: {start: restore}` cannot be measured",
                        "install a CRIU that this kernel takes (Linux 6.13 and later take 4.2.1 and later), or give start:"
                                + " resume")
                .neededBy(Set.of(NEED));
    }

    /** Returns why a small server could not be saved and restored, in CRIU's words; empty where it was. */
    private static String trial(Path directory) throws IOException {
        // Which loads nothing, and listens on a port that is free.
        Process server = new ProcessBuilder("setsid", "/bin/busybox", "httpd", "-f", "-p", "127.0.0.1:0")
                .directory(directory.toFile())
                .redirectInput(Path.of("/dev/null").toFile())
                .redirectOutput(Path.of("/dev/null").toFile())
                .redirectError(Path.of("/dev/null").toFile())
                .start();
        long pid = server.pid();
        try {
            awaitListening(pid);
            List<String> files = List.of("--images-dir", directory.toString(), "--log-file", LOG);
            String refusal = run(directory, with(List.of(PROGRAM, "dump", "--tree", Long.toString(pid)), files));
            return refusal.isEmpty()
                    ? run(directory, with(List.of(PROGRAM, "restore", "--restore-detached"), files))
                    : refusal;
        } finally {
            // It has the same number again when it was restored.
            ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly);
            server.destroyForcibly();
        }
    }

    private static List<String> with(List<String> command, List<String> options) {
        List<String> whole = new ArrayList<>(command);
        whole.addAll(options);
        return whole;
    }

    /** A process in its first instructions is another one than it will be. */
    private static void awaitListening(long pid) throws IOException {
        long deadline = System.nanoTime() + LISTENS_WITHIN_NANOS;
        while (!holdsSocket(pid)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("busybox's httpd, which is to be saved, does not listen");
            }
            LockSupport.parkNanos(5_000_000);
        }
    }

    private static boolean holdsSocket(long pid) throws IOException {
        Path first = Path.of("/proc", Long.toString(pid), "fd", "3");
        try {
            return Files.readSymbolicLink(first).toString().startsWith("socket:");
        } catch (NoSuchFileException e) {
            return false;
        }
    }

    private static String run(Path directory, List<String> command) throws IOException {
        Commands.Ended ended = Commands.run(PATIENCE, command);
        if (ended.status() == 0) {
            return "";
        }
        String words = words(directory.resolve(LOG));
        return command.get(1) + ": " + (words.isEmpty() ? ended.output().strip() : words);
    }

    /** Returns what a log tells of failures; empty where there is none. */
    private static String words(Path log) {
        try {
            List<String> errors = new ArrayList<>();
            for (String line : Files.readAllLines(log)) {
                Matcher error = ERROR.matcher(line.strip());
                if (error.matches() && errors.size() < MOST_ERRORS) {
                    errors.add(error.group(1));
                }
            }
            return String.join("; ", errors);
        } catch (IOException e) {
            return "";
        }
    }

    /** Returns an engine's words with those of CRIU, whose log they name. */
    static String explained(String message) {
        Matcher named = NAMED_LOG.matcher(message);
        String words = named.find() ? words(Path.of(named.group(1))) : "";
        return words.isEmpty() ? message : message + ": " + words;
    }
}
