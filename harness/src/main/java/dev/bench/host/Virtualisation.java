package dev.bench.host;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Finds out what the system itself runs in: a hypervisor, a container. */
public final class Virtualisation {
    /** What vendors write into the firmware's tables, and what it stands for. */
    private static final Map<String, String> VENDORS = vendors();

    /** The machine's own process namespace has a fixed number (PROC_PID_INIT_INO, include/linux/proc_ns.h). */
    private static final String MACHINE = "pid:[4026531836]";

    private Virtualisation() {}

    /** Names the hypervisor below the system, or says that the processor tells of none. */
    public static String hypervisor(SystemFiles files) {
        for (String file : new String[] {"sys_vendor", "product_name", "bios_vendor", "board_vendor"}) {
            Optional<String> value = files.text("/sys/class/dmi/id/" + file);
            for (Map.Entry<String, String> vendor : VENDORS.entrySet()) {
                if (value.isPresent() && value.get().contains(vendor.getKey())) {
                    return vendor.getValue();
                }
            }
        }
        Optional<String> named = files.text("/sys/hypervisor/type");
        if (named.isPresent()) {
            return named.get();
        }
        return CpuInfo.parse(files.lines("/proc/cpuinfo")).hypervisor()
                ? "a hypervisor that does not give its name"
                : "none";
    }

    /** Names the container the system runs in; empty where it looks like a machine of its own. */
    public static Optional<String> container(SystemFiles files) {
        // Machines are made from container images too, and carry the marks of one then.
        if (files.link("/proc/self/ns/pid").equals(Optional.of(MACHINE))) {
            return Optional.empty();
        }
        if (files.exists("/.dockerenv")) {
            return Optional.of("docker");
        }
        if (files.exists("/run/.containerenv")) {
            return Optional.of("podman");
        }
        Optional<String> named = files.text("/run/systemd/container");
        if (named.isPresent()) {
            return named;
        }
        for (String variable : files.text("/proc/1/environ").orElse("").split("\0", -1)) {
            if (variable.startsWith("container=") && variable.length() > "container=".length()) {
                return Optional.of(variable.substring("container=".length()));
            }
        }
        String groups = files.text("/proc/1/cgroup").orElse("");
        if (groups.contains("/kubepods")) {
            return Optional.of("kubernetes");
        }
        return groups.contains("/docker/") || groups.contains("/docker-") ? Optional.of("docker") : Optional.empty();
    }

    private static Map<String, String> vendors() {
        Map<String, String> vendors = new LinkedHashMap<>();
        vendors.put("Amazon EC2", "Amazon EC2");
        vendors.put("Google Compute Engine", "Google Compute Engine");
        vendors.put("Microsoft Corporation", "Hyper-V");
        vendors.put("DigitalOcean", "KVM (DigitalOcean)");
        vendors.put("Hetzner", "KVM (Hetzner)");
        vendors.put("OpenStack", "KVM (OpenStack)");
        vendors.put("QEMU", "QEMU");
        vendors.put("KVM", "KVM");
        vendors.put("VMware", "VMware");
        vendors.put("innotek GmbH", "VirtualBox");
        vendors.put("VirtualBox", "VirtualBox");
        vendors.put("Xen", "Xen");
        vendors.put("Parallels", "Parallels");
        vendors.put("Bochs", "Bochs");
        return vendors;
    }
}
