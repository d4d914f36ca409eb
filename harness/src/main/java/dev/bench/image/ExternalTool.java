package dev.bench.image;

import dev.bench.host.CommandException;
import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Runs the host's image tools. */
public final class ExternalTool {
    private static final List<String> SYSTEM_DIRECTORIES = List.of("/usr/sbin", "/sbin", "/usr/bin", "/bin");

    private ExternalTool() {}

    /**
     * Runs a tool to its end.
     *
     * @param debianPackage the package that has the tool
     * @param env variables added to this process's own
     * @param argv the tool's name, which may be one that only root's {@code PATH} has, and its arguments
     * @return what it printed
     * @throws IOException if the tool is missing, fails or takes too long; the message ends with its last words
     */
    public static String run(String debianPackage, Duration timeout, Map<String, String> env, List<String> argv)
            throws IOException {
        List<String> command = new ArrayList<>(argv);
        command.set(0, find(argv.get(0), debianPackage));
        Commands.Ended ended = Commands.run(timeout, null, env, command);
        if (ended.status() != 0) {
            String last = ended.tail();
            throw new CommandException(argv.get(0) + " ended with status " + ended.status()
                    + (last.isEmpty() ? "" : ":\n" + last.indent(2).stripTrailing()));
        }
        return ended.output();
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
}
