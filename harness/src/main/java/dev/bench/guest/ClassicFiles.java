package dev.bench.guest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * Lists what a classic machine has beside Debian's packages: what its boot loader does, two words of its initial RAM disk on the
 * control port, the network, and the units that fetch what the machine is to run and run it.
 */
final class ClassicFiles {
    /** The kernel's, as Debian's own; the last two are what every emulator's guests are told, the lean ones too. */
    static final String COMMAND_LINE =
            "root=LABEL=" + BootDisk.LABEL + " ro console=ttyS0 quiet panic=-1 tsc=reliable no_timer_check";

    private static final String UNITS = "etc/systemd/system/";
    private static final String SCRIPTS = "etc/initramfs-tools/scripts/";
    private static final String INSTALLED = "/lib/systemd/system/";
    static final String WORKLOAD_UNIT = "bench-workload.service";
    private static final String SEED_UNIT = "bench-seed.service";

    private ClassicFiles() {}

    /** Returns the files by their paths; a content that begins with an arrow is a link, and where it leads. */
    static Map<String, String> all(Firmware firmware) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put("etc/fstab", "LABEL=" + BootDisk.LABEL + " / ext4 errors=remount-ro 0 1\n");
        files.put("etc/hostname", "classic\n");
        files.put("boot/grub/grub.cfg", """
                serial --unit=0
                terminal_output serial
                echo %s
                linux /vmlinuz %s
                initrd /initrd.img
                echo %s
                boot
                """.formatted(BootWords.LOADER, COMMAND_LINE, BootWords.KERNEL));
        files.put(SCRIPTS + "init-top/bench", script(firmware, GuestProgram.INIT_MARK));
        files.put(SCRIPTS + "init-bottom/bench", script(firmware, GuestProgram.USERSPACE_MARK));
        files.put(UNITS + SEED_UNIT, """
                [Unit]
                Description=Fetch what this machine is to run
                DefaultDependencies=no
                Before=systemd-networkd.service network-pre.target sysinit.target
                Wants=network-pre.target

                [Service]
                Type=oneshot
                RemainAfterExit=yes
                ExecStart=/bin/tar -x -f %s -C %s
                """.formatted(ClassicSeed.DEVICE, ClassicSeed.UNPACKED));
        // Debian's initial RAM disk mounts /run such that nothing in it may be executed, but by this unit.
        files.put(UNITS + WORKLOAD_UNIT, """
                [Unit]
                Description=The workload
                Wants=network-online.target
                After=network-online.target %s

                [Service]
                Type=exec
                ExecStart=%s
                ExecPaths=%s
                Delegate=yes
                TasksMax=infinity
                KillMode=mixed
                """.formatted(SEED_UNIT, ClassicSeed.PROGRAM, ClassicSeed.DIRECTORY));
        files.put(UNITS + "sysinit.target.wants/" + SEED_UNIT, "->../" + SEED_UNIT);
        files.put(UNITS + "multi-user.target.wants/" + WORKLOAD_UNIT, "->../" + WORKLOAD_UNIT);
        files.put(
                UNITS + "multi-user.target.wants/systemd-networkd.service",
                "->" + INSTALLED + "systemd-networkd.service");
        files.put(UNITS + "sockets.target.wants/systemd-networkd.socket", "->" + INSTALLED + "systemd-networkd.socket");
        files.put(
                UNITS + "network-online.target.wants/systemd-networkd-wait-online.service",
                "->" + INSTALLED + "systemd-networkd-wait-online.service");
        return files;
    }

    private static String script(Firmware firmware, String word) {
        // OVMF speaks on that port too, and does not end its line.
        String line = switch (firmware) {
            case BIOS -> "echo " + word;
            case UEFI -> "printf '\\n%s\\n' " + word;
        };
        return """
                #!/bin/sh
                case "$1" in prereqs) exit 0 ;; esac
                %s > /dev/ttyS1
                """.formatted(line);
    }

    /** Writes them below a directory, with the mount point of the workload's disk. */
    static void write(Path root, Firmware firmware) throws IOException {
        Files.createDirectory(root.resolve(GuestFrame.CLASSIC.root().substring(1)));
        for (Map.Entry<String, String> file : all(firmware).entrySet()) {
            Path path = root.resolve(file.getKey());
            Files.createDirectories(Objects.requireNonNull(path.getParent()));
            if (file.getValue().startsWith("->")) {
                Files.createSymbolicLink(path, Path.of(file.getValue().substring(2)));
            } else {
                Files.writeString(path, file.getValue());
                Files.setPosixFilePermissions(
                        path,
                        PosixFilePermissions.fromString(file.getKey().startsWith(SCRIPTS) ? "rwxr-xr-x" : "rw-r--r--"));
            }
        }
    }
}
