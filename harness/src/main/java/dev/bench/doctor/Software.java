package dev.bench.doctor;

import dev.bench.host.Distribution;
import java.util.List;

/** Lists the software the tool uses, with the packages that have it. */
enum Software {
    DOCKER(List.of("docker.io", "containerd", "runc")),
    APPARMOR(List.of("apparmor")),
    CRUN(List.of("crun")),
    LIBVIRT(List.of("libvirt-daemon", "libvirt-daemon-driver-qemu", "libvirt0")),
    QEMU(List.of("qemu-system-x86")),
    QEMU_IMG(List.of("qemu-utils")),
    BUSYBOX(List.of("busybox-static")),
    FILE_SYSTEM_TOOLS(List.of("e2fsprogs")),
    // On Ubuntu the archive's keys are not there by themselves.
    DEBIAN_BUILDER(List.of("mmdebstrap", "debian-archive-keyring")),
    KERNEL(List.of("linux-image-cloud-amd64"), List.of("linux-image-virtual")),
    NETWORK_TOOLS(List.of("iproute2")),
    NAMESPACE_TOOLS(List.of("util-linux", "mount"));

    private final List<String> debian;
    private final List<String> ubuntu;

    Software(List<String> everywhere) {
        this(everywhere, everywhere);
    }

    Software(List<String> debian, List<String> ubuntu) {
        this.debian = debian;
        this.ubuntu = ubuntu;
    }

    /** Returns the packages; where the distribution is another, Debian's names say what to look for. */
    List<String> packages(Distribution distribution) {
        return switch (distribution.family()) {
            case DEBIAN, OTHER -> debian;
            case UBUNTU -> ubuntu;
        };
    }
}
