package dev.bench.calibrate;

import dev.bench.libvirt.DomainData;
import dev.bench.libvirt.DomainXml;
import dev.bench.workload.Limits;
import java.net.InetAddress;
import java.nio.file.Path;

/** Describes machines like ours to a libvirt that is asked by hand. */
final class DomainByHand {
    private static final Path NOBODY = Path.of("/nobody");

    private DomainByHand() {}

    /** Returns the description of a machine with nobody at its serial ports. */
    static String describe(
            Launches workload,
            Limits limits,
            String name,
            boolean kvm,
            InetAddress address,
            DomainXml.Boot boot,
            DomainXml.Disk disk,
            DomainData data) {
        return new DomainXml(
                        name,
                        workload.lab().runId(),
                        new DomainXml.Machine(
                                kvm,
                                "q35",
                                kvm ? "host-passthrough" : "maximum",
                                limits.vcpus(),
                                limits.processors(),
                                limits.memoryBytes()),
                        boot,
                        disk,
                        new DomainXml.Nic(workload.lab().bridge(), address),
                        new DomainXml.Ports(NOBODY, NOBODY, NOBODY),
                        data,
                        true)
                .render()
                .replace("<serial type='unix'><source mode='connect' path='" + NOBODY + "'/>", "<serial type='null'>");
    }
}
