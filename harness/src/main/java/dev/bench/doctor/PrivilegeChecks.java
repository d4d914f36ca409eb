package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.SystemFiles;
import dev.bench.host.Virtualisation;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Finds out whether the process may do what a lab takes. */
final class PrivilegeChecks {
    /** Bits of the capability set (capabilities(7), linux/capability.h). */
    private static final Map<String, Integer> CAPABILITIES = capabilities();

    static final String ROOT = "root privileges";
    static final String AS_ROOT = "run bench as root, such as with sudo";

    private final Examination examination;
    private final List<TargetDriver> drivers;
    private final SystemFiles files;

    PrivilegeChecks(Examination examination, List<TargetDriver> drivers) {
        this.examination = examination;
        this.drivers = drivers;
        this.files = examination.files();
    }

    List<Capability> check() {
        return List.of(root(), machine(), processor());
    }

    /** Returns whether this process runs as root. */
    boolean isRoot() {
        return effectiveUser().filter("0"::equals).isPresent();
    }

    private Optional<String> effectiveUser() {
        return status("Uid").map(ids -> ids.split("\\s+", -1)).map(ids -> ids[Math.min(1, ids.length - 1)]);
    }

    private Capability root() {
        String name = ROOT;
        String consequence = "no namespaces, control groups or engines can be made, so nothing can be measured";
        Optional<String> user = effectiveUser();
        if (!isRoot()) {
            return Capability.missing(name, "this process runs as user " + user.orElse("unknown"), consequence, AS_ROOT)
                    .neededBy(examination.drivers());
        }
        List<String> lacking = new ArrayList<>();
        long effective = status("CapEff")
                .filter(digits -> digits.matches("[0-9a-fA-F]{1,16}"))
                .map(digits -> Long.parseUnsignedLong(digits, 16))
                .orElse(0L);
        CAPABILITIES.forEach((capability, bit) -> {
            if ((effective >>> bit & 1) == 0) {
                lacking.add(capability);
            }
        });
        return lacking.isEmpty()
                ? Capability.ok(name, "root with all capabilities needed")
                : Capability.missing(
                                name,
                                "root without " + String.join(", ", lacking),
                                consequence,
                                "run on a machine of its own, or give the container all privileges (--privileged)")
                        .neededBy(examination.drivers());
    }

    private Capability machine() {
        String name = "machine";
        String hypervisor = Virtualisation.hypervisor(files);
        Optional<String> container = Virtualisation.container(files);
        if (container.isPresent()) {
            return Capability.degraded(
                    name,
                    "this system is a container (" + container.get() + ")",
                    "its limits and its neighbours are part of every figure",
                    "measure on a machine of its own");
        }
        return hypervisor.equals("none")
                ? Capability.ok(name, "bare metal, as far as the processor tells")
                : Capability.degraded(
                        name,
                        "this system is a virtual machine (hypervisor: " + hypervisor + ")",
                        "other guests share its processors, and its own guests are nested or emulated",
                        "compare figures only with those of the same host, or measure on bare metal");
    }

    private Capability processor() {
        String architecture = System.getProperty("os.arch");
        Set<String> without = drivers.stream()
                .filter(driver -> !driver.checks().architectures().isEmpty()
                        && !driver.checks().architectures().contains(architecture))
                .map(TargetDriver::key)
                .collect(Collectors.toSet());
        return architecture.equals("amd64")
                ? Capability.ok("processor", "x86-64")
                : Capability.missing(
                                "processor",
                                architecture + " instead of x86-64",
                                "neither the launcher of processes nor the guests are made for it",
                                "measure on an x86-64 machine")
                        .neededBy(without);
    }

    private Optional<String> status(String key) {
        return files.lines("/proc/self/status").stream()
                .filter(line -> line.startsWith(key + ":"))
                .map(line -> line.substring(key.length() + 1).strip())
                .findFirst();
    }

    private static Map<String, Integer> capabilities() {
        Map<String, Integer> capabilities = new LinkedHashMap<>();
        capabilities.put("CAP_NET_ADMIN", 12);
        capabilities.put("CAP_SYS_CHROOT", 18);
        capabilities.put("CAP_SYS_PTRACE", 19);
        capabilities.put("CAP_SYS_ADMIN", 21);
        capabilities.put("CAP_MKNOD", 27);
        return capabilities;
    }
}
