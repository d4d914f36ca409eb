package dev.bench.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.host.Executables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Names the OCI runtimes that a lab's engine knows beside its own, where the host has them. */
enum OtherRuntime {
    CRUN {
        /** It takes no host whose control groups are of both versions; which it need not know of what it does not see. */
        @Override
        Path command(Path program, Path directory) throws IOException {
            if (!Files.exists(UNIFIED) || Files.exists(PURE)) {
                return program;
            }
            Path wrapper = directory.resolve("crun-apart");
            Files.deleteIfExists(wrapper);
            Files.createFile(
                    wrapper, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
            return Files.writeString(wrapper, """
                    #!/bin/sh
                    exec unshare --mount sh -c 'umount %s && exec %s "$@"' crun "$@"
                    """.formatted(UNIFIED, program));
        }
    },
    /** gVisor. */
    RUNSC {
        /**
         * Its own network stack wants more of a network than a container's has here; the container's own it can join. What
         * its kernel says when it ends by itself would be lost, since that has no output.
         */
        @Override
        List<String> arguments(Path runDirectory) {
            return List.of("--network=host", "--panic-log=" + lastWords(runDirectory));
        }
    };

    private static final Path UNIFIED = Path.of("/sys/fs/cgroup/unified");

    /** There where every controller is of version 2. */
    private static final Path PURE = Path.of("/sys/fs/cgroup/cgroup.controllers");

    /** Returns its name: that of its program, of its package and of what scenarios say. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a target that runs under it needs of the host. */
    String need() {
        return DockerDriver.KEY + ":" + label();
    }

    /** Returns the runtime of a name that a scenario gives; empty for any other. */
    static Optional<OtherRuntime> of(String label) {
        return Arrays.stream(values())
                .filter(runtime -> runtime.label().equals(label))
                .findFirst();
    }

    /**
     * Returns an engine's configuration file.
     *
     * @param directory exists; programs that are made for it are put here
     * @param runDirectory where runtimes leave their last words
     */
    static String configuration(Path directory, Path runDirectory) throws IOException {
        ObjectNode configuration = new ObjectMapper().createObjectNode();
        ObjectNode runtimes = configuration.putObject("runtimes");
        for (OtherRuntime runtime : values()) {
            Optional<Path> program = Executables.find(runtime.label());
            if (program.isPresent()) {
                ObjectNode described = runtimes.putObject(runtime.label());
                described.put("path", runtime.command(program.get(), directory).toString());
                runtime.arguments(runDirectory).forEach(described.putArray("runtimeArgs")::add);
            }
        }
        return configuration.toString();
    }

    Path command(Path program, Path directory) throws IOException {
        return program;
    }

    List<String> arguments(Path runDirectory) {
        return List.of();
    }

    /** Returns the file in which it says why it ended by itself; there is none where it did not, or never says so. */
    Path lastWords(Path runDirectory) {
        return runDirectory.resolve(label() + "-panic.log");
    }
}
