package dev.bench.measure.isolation;

import dev.bench.host.SystemFiles;
import dev.bench.program.Inspector;
import dev.bench.result.SortedMaps;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Is what the host says of itself, for what is seen inside to be held against.
 *
 * @param boot identity of the kernel's boot
 * @param capabilities mask of the capabilities there are for root, as the kernel tells it
 * @param namespaces identities of the namespaces of this process, by name: the host's, but for the network, which is the
 *     lab's
 */
record HostIdentity(String boot, long capabilities, Map<String, String> namespaces) {
    HostIdentity {
        namespaces = SortedMaps.copyOf(namespaces);
    }

    static HostIdentity read(SystemFiles files) {
        Map<String, String> namespaces = new LinkedHashMap<>();
        Inspector.NAMESPACES.forEach(
                name -> files.link("/proc/self/ns/" + name).ifPresent(link -> namespaces.put(name, link)));
        long capabilities = files.lines("/proc/self/status").stream()
                .filter(line -> line.startsWith("CapBnd:"))
                .map(line -> mask(line.substring("CapBnd:".length()).strip()))
                .findFirst()
                .orElse(0L);
        return new HostIdentity(files.text("/proc/sys/kernel/random/boot_id").orElse(""), capabilities, namespaces);
    }

    /** Reads a mask of capabilities; 0 where it is none. */
    static long mask(String digits) {
        return digits.matches("[0-9a-fA-F]{1,16}") ? Long.parseUnsignedLong(digits, 16) : 0;
    }
}
