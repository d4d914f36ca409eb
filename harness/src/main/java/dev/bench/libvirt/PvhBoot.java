package dev.bench.libvirt;

import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDefinition;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Says how a lean machine's kernel is started: as firmware of a PC does, or through its PVH entry. */
final class PvhBoot {
    static final String KEY = "boot";
    static final String PVH = "pvh";
    private static final String USUAL = "bzimage";

    /** The firmware that enters a kernel this way and does little else. */
    static final String NAME = "qboot";

    /** What stands among a target's facts. */
    static final String DESCRIPTION =
            "pvh: the uncompressed kernel at its PVH entry, qboot as firmware; no set-up code, no"
                    + " decompressor, and so no random addresses of the kernel (KASLR)";

    static final OptionSpec OPTION = new OptionSpec(
            KEY,
            OptionSpec.Type.CHOICE,
            List.of(USUAL, PVH),
            USUAL,
            "How a lean machine's kernel is started: as it is installed, by the firmware of a PC; or uncompressed at its PVH"
                    + " entry, by qboot, which leaves out the kernel's decompressor and so the randomisation of its"
                    + " addresses (KASLR).");

    private static final Path FIRMWARE = Path.of("/usr/share/qemu/qboot.rom");

    private PvhBoot() {}

    /** Returns whether a target's machines are started so. */
    static boolean is(TargetDefinition definition) {
        return definition.option(KEY).equals(PVH);
    }

    /** Returns the firmware, empty where this host has it not. */
    static Optional<Path> firmware() {
        return Optional.of(FIRMWARE).filter(Files::isReadable);
    }
}
