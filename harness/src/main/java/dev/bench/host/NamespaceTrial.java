package dev.bench.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tries something in a namespace that ends with the command that tries it, so that nothing remains even if this process
 * is killed.
 */
public final class NamespaceTrial {
    private NamespaceTrial() {}

    /**
     * Returns the command that has {@code ip} make links in a network namespace of its own.
     *
     * @param scratch directory for a file with the batch
     * @param batch what to make, a line each
     */
    public static List<String> network(Path scratch, String batch) throws IOException {
        Path file = Files.createTempFile(scratch, "ip-", ".batch");
        Files.writeString(file, batch);
        return List.of("unshare", "--net", "ip", "-batch", file.toString());
    }

    /**
     * Runs a command and returns what is there if it succeeds, or what is missing with what it said.
     *
     * @param finding what is true where it succeeds
     * @param command begins with {@code unshare}
     */
    public static Capability of(String name, String finding, String consequence, String remedy, List<String> command) {
        List<String> found = new ArrayList<>(command);
        found.set(0, Executables.find(command.get(0)).map(Path::toString).orElse(command.get(0)));
        try {
            Commands.Ended ended = Commands.run(Commands.AT_ONCE, found);
            return ended.status() == 0
                    ? Capability.ok(name, finding)
                    : Capability.missing(
                            name, "could not be made: " + ended.tail().replace("\n", "; "), consequence, remedy);
        } catch (IOException e) {
            return Capability.missing(name, "could not be tried: " + e.getMessage(), consequence, remedy);
        }
    }
}
