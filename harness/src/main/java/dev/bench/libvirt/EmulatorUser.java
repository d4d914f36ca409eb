package dev.bench.libvirt;

import dev.bench.host.Commands;
import dev.bench.host.SystemFiles;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Looks for the user that libvirt's QEMU driver looks up when it starts, and makes it. */
final class EmulatorUser {
    /** Debian's and Ubuntu's name for the user that libvirt runs emulators as, compiled into its driver. */
    static final String NAME = "libvirt-qemu";

    /** Whose members may open {@code /dev/kvm}, on Debian and Ubuntu. */
    static final String KVM_GROUP = "kvm";

    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private EmulatorUser() {}

    static boolean exists(SystemFiles files) {
        return entry(files, "/etc/passwd", NAME).isPresent();
    }

    /** Returns whether the emulator's user is in the group of the device; true where the host has no such group. */
    static boolean mayOpenKvm(SystemFiles files) {
        Optional<String[]> group = entry(files, "/etc/group", KVM_GROUP);
        Optional<String[]> user = entry(files, "/etc/passwd", NAME);
        return group.isEmpty()
                || user.isEmpty()
                || user.get()[3].equals(group.get()[2])
                || List.of(group.get()[3].split(",", -1)).contains(NAME);
    }

    private static Optional<String[]> entry(SystemFiles files, String file, String name) {
        return files.lines(file).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3 && fields[0].equals(name))
                .findFirst();
    }

    /**
     * Makes the user, in the groups that Debian gives it. The package that would make it also sets up a system-wide
     * libvirtd with a network of its own, which is not needed here.
     */
    static void create(Consumer<String> progress) throws IOException {
        if (!exists(SystemFiles.ofHost())) {
            progress.accept("making the system user " + NAME);
            Commands.runOrThrow(TIMEOUT, List.of("groupadd", "--force", "--system", NAME));
            Commands.runOrThrow(
                    TIMEOUT,
                    List.of(
                            "useradd",
                            "--system",
                            "--gid",
                            NAME,
                            "--no-create-home",
                            "--home-dir",
                            "/nonexistent",
                            "--shell",
                            "/usr/sbin/nologin",
                            NAME));
        }
        if (!mayOpenKvm(SystemFiles.ofHost())) {
            progress.accept("adding the system user " + NAME + " to the group " + KVM_GROUP);
            Commands.runOrThrow(TIMEOUT, List.of("usermod", "--append", "--groups", KVM_GROUP, NAME));
        }
    }
}
