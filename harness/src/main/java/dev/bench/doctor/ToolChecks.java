package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.Executables;
import dev.bench.host.Software;
import dev.bench.registry.Registry;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** Finds out whether the programs that prepare images and namespaces are installed. */
final class ToolChecks {
    private static final Software DISK_TOOLS = Software.of("qemu-utils");
    private static final Software BUSYBOX = Software.of("busybox-static");
    private static final Software FILE_SYSTEM_TOOLS = Software.of("e2fsprogs");
    // On Ubuntu the archive's keys are not there by themselves.
    private static final Software DEBIAN_BUILDER = Software.of("mmdebstrap", "debian-archive-keyring");
    private static final Software NETWORK_TOOLS = Software.of("iproute2");
    private static final Software NAMESPACE_TOOLS = Software.of("util-linux", "mount");
    private static final Software REGISTRY = Software.of(Registry.PROGRAM);
    private static final int ELF_MAGIC = 0x7f454c46;
    private static final int INTERPRETER_SEGMENT = 3;

    private final Examination examination;

    ToolChecks(Examination examination) {
        this.examination = examination;
    }

    List<Capability> check() {
        return List.of(
                tools(
                        "disk tools",
                        List.of("mke2fs", "debugfs", "qemu-img"),
                        List.of(FILE_SYSTEM_TOOLS, FILE_SYSTEM_TOOLS, DISK_TOOLS),
                        "images cannot be made ready, so no scenario runs",
                        examination.drivers()),
                tools(
                        "namespace tools",
                        List.of("ip", "nsenter", "unshare", "mount", "umount"),
                        List.of(NETWORK_TOOLS, NAMESPACE_TOOLS, NAMESPACE_TOOLS, NAMESPACE_TOOLS, NAMESPACE_TOOLS),
                        "the lab cannot be made, so no scenario runs",
                        examination.drivers()),
                busybox(),
                tools(
                        "mmdebstrap",
                        List.of("mmdebstrap"),
                        List.of(DEBIAN_BUILDER),
                        "scenarios with `image: {debian: ...}` cannot be run",
                        Set.of(Needs.ofImage("debian"))),
                tools(
                        "image registry",
                        List.of(Registry.PROGRAM),
                        List.of(REGISTRY),
                        "deliveries cannot be measured",
                        Set.of(Needs.REGISTRY)));
    }

    private Capability tools(
            String name, List<String> programs, List<Software> software, String consequence, Set<String> needs) {
        List<String> lacking = new ArrayList<>();
        Set<String> packages = new TreeSet<>();
        for (int i = 0; i < programs.size(); i++) {
            if (Executables.find(programs.get(i)).isEmpty()) {
                lacking.add(programs.get(i));
                packages.addAll(software.get(i).packages(examination.distribution()));
            }
        }
        return lacking.isEmpty()
                ? Capability.ok(name, String.join(", ", programs))
                : Capability.missing(
                                name, "not installed: " + String.join(", ", lacking), consequence, "run `bench setup`")
                        .mendedBy(List.copyOf(packages))
                        .neededBy(needs);
    }

    private Capability busybox() {
        String name = "static busybox";
        Optional<Path> program = Executables.find("busybox");
        boolean linked = program.isPresent() && !isStatic(program.get());
        if (program.isPresent() && !linked) {
            return Capability.ok(name, program.get().toString());
        }
        return Capability.missing(
                        name,
                        linked ? program.get() + " is linked dynamically" : "not installed",
                        "targets cannot prove that they run the same tree, so no scenario runs",
                        "run `bench setup`")
                .mendedBy(BUSYBOX.packages(examination.distribution()))
                .neededBy(examination.drivers());
    }

    /** Returns whether a program asks for no dynamic loader: no segment of its ELF file names one (elf(5)). */
    static boolean isStatic(Path program) {
        try (FileChannel channel = FileChannel.open(program)) {
            ByteBuffer head = ByteBuffer.allocate(4096);
            while (head.hasRemaining() && channel.read(head) >= 0) {
                // Short reads are possible; the end of a small file ends the loop.
            }
            int length = head.position();
            if (length < 64 || head.getInt(0) != ELF_MAGIC) {
                return false;
            }
            head.order(ByteOrder.LITTLE_ENDIAN);
            int offset = (int) head.getLong(32);
            int size = head.getShort(54);
            int count = head.getShort(56);
            for (int i = 0; i < count; i++) {
                int at = offset + i * size;
                if (at < 0 || at + 4 > length || head.getInt(at) == INTERPRETER_SEGMENT) {
                    return false;
                }
            }
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
