package dev.bench.guest;

import dev.bench.image.SmallArchive;
import dev.bench.image.TreeManifest;
import dev.bench.target.Subnet;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Makes what a classic machine is given as its third disk, as a cloud gives its machines one: an archive with its address and
 * with the program that its unit runs, which mounts the workload's disk and becomes the workload in the steps that every other
 * guest takes. So its arguments, environment, user and limits are the same to the byte, where systemd would add its own.
 */
public final class ClassicSeed {
    /** Where the machine finds it. */
    static final String DEVICE = "/dev/vdc";

    /** Where the files come to lie, those of the network where networkd looks for them. */
    static final String UNPACKED = "/run";

    private static final String PROGRAMS = "bench";

    static final String DIRECTORY = UNPACKED + "/" + PROGRAMS;

    private static final String NAME = "/workload";
    static final String PROGRAM = DIRECTORY + NAME;

    private ClassicSeed() {}

    /** Returns the disk of a machine that runs a program at an address. */
    public static byte[] of(byte[] program, InetAddress address, Subnet network) {
        return SmallArchive.of(files(program, address, network), PROGRAMS);
    }

    /** Returns the disk of a machine in which an observation takes place. */
    public static byte[] withObservation(byte[] program, byte[] observer, InetAddress address, Subnet network)
            throws IOException {
        Map<String, byte[]> files = files(program, address, network);
        files.put(PROGRAMS + Initramfs.OBSERVER_INSIDE, observer);
        files.put(PROGRAMS + Initramfs.BUSYBOX_INSIDE, Files.readAllBytes(Path.of("/bin/busybox")));
        files.put(PROGRAMS + Initramfs.MANIFEST_INSIDE, TreeManifest.script().getBytes(StandardCharsets.UTF_8));
        return SmallArchive.of(files, PROGRAMS);
    }

    private static Map<String, byte[]> files(byte[] program, InetAddress address, Subnet network) {
        Map<String, byte[]> files = new LinkedHashMap<>();
        files.put("systemd/network/10-bench.network", """
                [Match]
                MACAddress=%s

                [Network]
                Address=%s/%d
                Gateway=%s
                LinkLocalAddressing=no
                IPv6AcceptRA=no
                """.formatted(
                        Subnet.hardwareAddress(address),
                        address.getHostAddress(),
                        Subnet.PREFIX_LENGTH,
                        network.gateway().getHostAddress())
                .getBytes(StandardCharsets.US_ASCII));
        files.put(PROGRAMS + NAME, program);
        return files;
    }
}
