package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Runs the host's image tools, without a shell. */
final class ExternalTool {
    private static final int LINES_SHOWN = 12;
    private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private ExternalTool() {}

    /**
     * Runs a tool to its end; ends it where this thread is interrupted.
     *
     * @param argv the tool's name and its arguments
     * @param env variables added to this process's own
     * @param debianPackage the package that has the tool
     * @param log file that takes the tool's output
     * @throws IOException if the tool is missing, fails or takes too long; the message ends with its last words
     */
    static void run(List<String> argv, Map<String, String> env, String debianPackage, Path log, Duration timeout)
            throws IOException {
        List<String> command = new ArrayList<>(argv);
        command.set(0, find(argv.get(0), debianPackage));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()));
        builder.environment().putAll(env);
        Process process = builder.start();
        try {
            if (!process.waitFor(timeout.toSeconds(), TimeUnit.SECONDS)) {
                throw new IOException(argv.get(0) + " had not ended after " + timeout.toSeconds() + " s" + tail(log));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(argv.get(0) + " was interrupted", e);
        } finally {
            end(process);
        }
        if (process.exitValue() != 0) {
            throw new IOException(argv.get(0) + " ended with status " + process.exitValue() + tail(log));
        }
    }

    private static void end(Process process) {
        if (process.isAlive()) {
            process.descendants().forEach(ProcessHandle::destroy);
            process.destroy();
        }
    }

    private static String find(String name, String debianPackage) throws IOException {
        List<String> directories =
                new ArrayList<>(List.of(System.getenv().getOrDefault("PATH", "").split(":")));
        directories.addAll(SYSTEM_DIRECTORIES);
        for (String directory : directories) {
            Path file = Path.of(directory.isEmpty() ? "." : directory, name);
            if (Files.isExecutable(file) && Files.isRegularFile(file)) {
                return file.toString();
            }
        }
        throw new IOException(
                name + " is not installed; install the package " + debianPackage + " ('bench setup' does)");
    }

    private static String tail(Path log) throws IOException {
        List<String> lines = new String(Files.readAllBytes(log), UTF_8).lines().toList();
        String last = String.join("\n  ", lines.subList(Math.max(0, lines.size() - LINES_SHOWN), lines.size()));
        return last.isEmpty() ? "" : ":\n  " + last;
    }
}
