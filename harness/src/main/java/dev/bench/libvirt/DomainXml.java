package dev.bench.libvirt;

import dev.bench.target.Subnet;
import java.net.InetAddress;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Describes a domain to libvirt: the leanest that boots a stock kernel, directly or from its disk.
 *
 * <p>No video, USB, balloon or high-precision timer; the two virtio devices sit on the root bus, so
 * that no PCIe root port has to be probed; no option ROM for the network card. The disk's cache mode is the default,
 * writeback: guest flushes are honoured, and pages are shared with the host, as a container's are.
 *
 * @param name name of the domain
 * @param runId run id, stored as metadata
 * @param machine processors and memory
 * @param boot what it boots
 * @param root what it has as its root
 * @param nic what it is reached by
 * @param ports what it talks over
 * @param data where it keeps data
 * @param quickStart whether this libvirt can be spared the questions about every feature of the CPU
 */
public record DomainXml(
        String name,
        String runId,
        Machine machine,
        Boot boot,
        Root root,
        Nic nic,
        Ports ports,
        DomainData data,
        boolean quickStart) {
    /**
     * Describes processors and memory.
     *
     * @param kvm whether KVM is used
     * @param type machine type
     * @param cpu CPU mode
     * @param vcpus virtual processors
     * @param processors the host's processors that they and the emulator run on; empty for all
     * @param memoryBytes memory
     */
    public record Machine(boolean kvm, String type, String cpu, int vcpus, String processors, long memoryBytes) {}

    /** Describes what boots. */
    public sealed interface Boot {
        /** Returns what stands in the element {@code os} behind the machine's type. */
        String render();
    }

    /**
     * Describes a kernel that is started directly.
     *
     * @param kernel kernel image
     * @param initrd initial RAM disk
     * @param commandLine kernel command line
     * @param firmware what loads the kernel; null for the machine type's own
     */
    public record DirectBoot(
            Path kernel,
            Path initrd,
            String commandLine,
            @Nullable Path firmware) implements Boot {
        @Override
        public String render() {
            String loader =
                    firmware == null ? "" : "<loader readonly='yes' type='rom'>" + escape(firmware) + "</loader>\n    ";
            return "%s<kernel>%s</kernel>\n    <initrd>%s</initrd>\n    <cmdline>%s</cmdline>"
                    .formatted(loader, escape(kernel), escape(initrd), escape(commandLine));
        }
    }

    /** Describes a machine whose firmware, a BIOS that speaks on the first serial port, boots its first disk. */
    public record DiskBoot() implements Boot {
        @Override
        public String render() {
            return "<boot dev='hd'/>\n    <bios useserial='yes'/>";
        }
    }

    /**
     * Describes a machine whose firmware, a UEFI without secure boot, boots its first disk.
     *
     * @param code the firmware
     * @param template what its variables begin with
     * @param variables the machine's own, which libvirt makes
     */
    public record UefiBoot(Path code, Path template, Path variables) implements Boot {
        @Override
        public String render() {
            return "<loader readonly='yes' type='pflash'>%s</loader>\n    <nvram template='%s'>%s</nvram>\n    <boot dev='hd'/>"
                    .formatted(escape(code), escape(template), escape(variables));
        }
    }

    /** Describes the root, which is the first device. */
    public sealed interface Root {
        /**
         * Returns the device.
         *
         * @param data where the domain keeps data
         */
        String render(DomainData data);
    }

    /**
     * Describes a root on a disk.
     *
     * @param overlay writable layer
     * @param base the disk below it
     * @param baseFormat format of that disk, as QEMU names it
     */
    public record Disk(Path overlay, Path base, String baseFormat) implements Root {
        @Override
        public String render(DomainData data) {
            return """
                    <disk type='file' device='disk'>
                      <driver name='qemu' type='qcow2'%s/>
                      <source file='%s'/>
                      <backingStore type='file'><format type='%s'/><source file='%s'/><backingStore/></backingStore>
                      <target dev='vda' bus='virtio'/>
                      %s
                    </disk>""".formatted(
                            data.rootAttributes(), escape(overlay), escape(baseFormat), escape(base), ROOT_ADDRESS);
        }
    }

    /**
     * Describes a root that is a directory of the host, which the guest finds by {@link DomainData#ROOT_TAG}. Nobody else writes
     * to it, so that the guest may keep what it knows of it.
     *
     * @param directory the directory
     * @param server the program that serves it
     */
    public record Tree(Path directory, Path server) implements Root {
        @Override
        public String render(DomainData data) {
            return """
                    <filesystem type='mount' accessmode='passthrough'>
                      <driver type='virtiofs'/>
                      <binary path='%s' xattr='on'><cache mode='always'/></binary>
                      <source dir='%s'/>
                      <target dir='%s'/>
                      %s
                    </filesystem>""".formatted(escape(server), escape(directory), DomainData.ROOT_TAG, ROOT_ADDRESS);
        }
    }

    private static final String ROOT_ADDRESS = "<address type='pci' domain='0' bus='0' slot='2' function='0'/>";

    private static final String SHARED_MEMORY =
            "<memoryBacking><source type='memfd'/><access mode='shared'/></memoryBacking>";

    /**
     * Describes the network card.
     *
     * @param bridge bridge to attach to
     * @param address the guest's address, from which the card's hardware address follows
     */
    public record Nic(String bridge, InetAddress address) {}

    /**
     * Describes the serial ports, each by the socket of the end that listens.
     *
     * @param console the kernel's
     * @param control what init tells and is told
     * @param output what the workload writes; its interrupt is not the third port's usual one, which is the first
     *     port's too
     */
    public record Ports(Path console, Path control, Path output) {}

    /**
     * Lets libvirt read back the guest's CPU in two requests. With QEMU's capability of this name it asks for every
     * feature by itself, some 400 requests and three quarters of the time that a start takes.
     */
    private static final String QUICK_START =
            "<qemu:capabilities><qemu:del capability='cpu-unavailable-features'/></qemu:capabilities>";

    /** The namespace of the metadata that marks a domain as ours. */
    static final String NAMESPACE = "https://bench.dev/run/1";

    /** Returns the domain as libvirt's XML. */
    public String render() {
        return """
                <domain type='%s' xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>
                  <name>%s</name>
                  <metadata><bench:run xmlns:bench='%s' id='%s'/></metadata>
                  <memory unit='b'>%d</memory>
                  %s
                  <vcpu%s>%d</vcpu>
                  <os>
                    <type arch='x86_64' machine='%s'>hvm</type>
                    %s
                  </os>
                  <features><acpi/></features>
                  <cpu mode='%s'/>
                  <clock offset='utc'><timer name='hpet' present='no'/></clock>
                  <on_poweroff>destroy</on_poweroff>
                  <on_reboot>destroy</on_reboot>
                  <on_crash>destroy</on_crash>
                  <devices>
                    %s
                    %s
                    <interface type='bridge'>
                      <mac address='%s'/>
                      <source bridge='%s'/>
                      <model type='virtio'/>
                      <rom enabled='no'/>
                      <address type='pci' domain='0' bus='0' slot='3' function='0'/>
                    </interface>
                    <serial type='unix'><source mode='connect' path='%s'/><target port='0'/></serial>
                    <serial type='unix'><source mode='connect' path='%s'/><target port='1'/></serial>
                    <serial type='unix'><source mode='connect' path='%s'/><target type='isa-serial' port='2'/>
                      <address type='isa' iobase='0x3e8' irq='5'/>
                    </serial>
                    <controller type='usb' model='none'/>
                    <memballoon model='none'/>
                  </devices>
                  %s
                </domain>
                """.formatted(
                        machine.kvm ? "kvm" : "qemu",
                        escape(name),
                        NAMESPACE,
                        escape(runId),
                        machine.memoryBytes,
                        root instanceof Tree || data.isServed() ? SHARED_MEMORY : "",
                        machine.processors.isEmpty() ? "" : " cpuset='" + escape(machine.processors) + "'",
                        machine.vcpus,
                        escape(machine.type),
                        boot.render(),
                        escape(machine.cpu),
                        root.render(data),
                        data.devices(),
                        Subnet.hardwareAddress(nic.address),
                        escape(nic.bridge),
                        escape(ports.console),
                        escape(ports.control),
                        escape(ports.output),
                        quickStart ? QUICK_START : "");
    }

    static String escape(Object text) {
        return text.toString()
                .replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("'", "&apos;")
                .replace("\"", "&quot;");
    }
}
