package dev.bench.libvirt;

import dev.bench.host.FileTrees;
import dev.bench.program.Steps;
import dev.bench.program.SyscallProgram;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Is the root of a lean machine that has no disk: the image's tree, which virtiofsd serves, below an overlay of the machine's
 * own.
 *
 * <p>The overlay is the host's, as a container's is: what the guest writes gets to the same file system, takes none of the
 * guest's memory, and can be looked at afterwards. libvirt executes a program of ours in virtiofsd's place, which mounts it in
 * a mount namespace of its own and becomes virtiofsd: no mount is to be seen outside, and the last one ends with it, which
 * ends with its emulator.
 */
final class SharedRoot {
    static final String KEY = "root";
    static final String VIRTIOFS = "virtiofs";
    private static final String USUAL = "disk";

    /** What stands among a target's facts. */
    static final String DESCRIPTION =
            "virtiofs: the image's tree, with an overlay of the host over it that takes what the machine writes; ";

    static final OptionSpec OPTION = new OptionSpec(
            KEY,
            OptionSpec.Type.CHOICE,
            List.of(USUAL, VIRTIOFS),
            USUAL,
            "What a lean machine has as its root: a disk made of the image's tree, or that tree itself, which virtiofsd"
                    + " serves, below an overlay of the host.");

    private static final String UPPER = "upper";
    private static final String WORK = "work";
    private static final String POINT = "root";
    private static final String SERVER = "server";

    private SharedRoot() {}

    /** Returns whether a target's machines have such a root. */
    static boolean is(TargetDefinition definition) {
        return definition.option(KEY).equals(VIRTIOFS);
    }

    /**
     * Makes what a machine needs for it.
     *
     * @param directory the machine's own
     * @param tree the image's
     * @param processors the host's that the server may run on, as the kernel writes such lists; empty for all
     * @throws IOException where this host has no virtiofsd
     */
    static DomainXml.Tree make(Path directory, Path tree, String processors) throws IOException {
        Path program = LibvirtPlace.requireServer();
        for (String made : List.of(UPPER, WORK, POINT)) {
            Files.createDirectories(directory.resolve(made));
        }
        Path server = directory.resolve(SERVER);
        FileTrees.writeProgram(server, server(directory, tree, processors, program));
        return new DomainXml.Tree(directory.resolve(POINT), server);
    }

    private static byte[] server(Path directory, Path tree, String processors, Path program) {
        SyscallProgram server = new SyscallProgram();
        Steps steps = new Steps(server).ownMounts();
        steps.mount(
                "overlay",
                directory.resolve(POINT).toString(),
                "overlay",
                0,
                "lowerdir=" + tree + ",upperdir=" + directory.resolve(UPPER) + ",workdir=" + directory.resolve(WORK));
        if (!processors.isEmpty()) {
            steps.runOn(processors);
        }
        steps.executeInstead(program.toString());
        return server.toElf();
    }

    /** Returns what holds what a machine has written, in its directory; it is not there where its root is a disk. */
    static Path upper(Path directory) {
        return directory.resolve(UPPER);
    }

    /** Returns what the command line of a machine's server begins with. */
    static String server(Path directory) {
        return directory.resolve(SERVER).toString();
    }
}
