package dev.bench.guest;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Names what starts a machine that boots a disk. */
public enum Firmware {
    BIOS("SeaBIOS", "No bootable device"),
    /** Without secure boot. */
    UEFI("OVMF (UEFI)", "UEFI Interactive Shell");

    /** Where Debian's package has OVMF, and what its variables begin with. */
    private static final Path CODE = Path.of("/usr/share/OVMF/OVMF_CODE_4M.fd");

    private static final Path VARIABLES = Path.of("/usr/share/OVMF/OVMF_VARS_4M.fd");

    private final String description;
    private final String nothing;

    Firmware(String description, String nothing) {
        this.description = description;
        this.nothing = nothing;
    }

    /** Returns its name in a scenario. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the names of all, the usual one first. */
    public static List<String> labels() {
        return Arrays.stream(values()).map(Firmware::label).toList();
    }

    /** Returns the one of a name, the usual one where there is none. */
    public static Firmware of(String label) {
        return UEFI.label().equals(label) ? UEFI : BIOS;
    }

    /** Returns what a UEFI's program is in, a file that nobody writes to. */
    public static Path code() {
        return CODE;
    }

    /** Returns what a UEFI's variables begin with, a file that every machine has a copy of. */
    public static Path variables() {
        return VARIABLES;
    }

    /** Returns whether this host has a UEFI for machines. */
    public static boolean hasUefi() {
        return Files.isReadable(CODE) && Files.isReadable(VARIABLES);
    }

    /** Returns what it is, in words. */
    String description() {
        return description;
    }

    /** Returns what it says where it finds nothing to boot. */
    String nothing() {
        return nothing;
    }
}
