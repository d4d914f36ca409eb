package dev.bench.program;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Is what {@link Inspector} saw.
 *
 * @param kernel release and version, as {@code /proc/version} tells them
 * @param boot identity of the kernel's boot; empty where it is not told
 * @param hypervisor whether the processor says that it is a virtual machine's
 * @param filter mode of the system call filter: 0 off, 1 strict, 2 on; empty where it is not told
 * @param noNewPrivileges whether executing a program never adds privileges
 * @param label what a security module calls the process
 * @param memory limit of the control group, in words
 * @param processors limit of the control group, in words
 * @param capabilities the sets as hexadecimal masks, by the kernel's name
 * @param namespaces identities of the namespaces, by name
 * @param users the first line of the map of user ids: the first id inside, the one outside that it is, and how many follow
 *     alike; empty where it is not told
 * @param devices names of the device nodes below {@code /dev}, sorted
 * @param writableSettings files below {@code /proc/sys} that may be written to
 * @param writableObjects files below {@code /sys} that may be written to
 * @param symbols whether the kernel's addresses are told
 * @param answers what came of each system call that was tried, by name
 */
public record Inspection(
        String kernel,
        String boot,
        boolean hypervisor,
        String filter,
        boolean noNewPrivileges,
        String label,
        String memory,
        String processors,
        Map<String, String> capabilities,
        Map<String, String> namespaces,
        String users,
        List<String> devices,
        int writableSettings,
        int writableObjects,
        Symbols symbols,
        Map<String, Answer> answers) {
    public Inspection {
        capabilities = Collections.unmodifiableMap(new LinkedHashMap<>(capabilities));
        namespaces = Collections.unmodifiableMap(new LinkedHashMap<>(namespaces));
        devices = List.copyOf(devices);
        answers = Collections.unmodifiableMap(new TreeMap<>(answers));
    }

    /** Says what a system call came to. */
    public enum Answer {
        /** Whatever else: the kernel looked at its arguments. */
        ANSWERED,
        /** Not permitted: by a filter, or for want of a capability. */
        REFUSED,
        /** Not implemented, or so a filter says. */
        ABSENT
    }

    /** Says whether {@code /proc/kallsyms} tells addresses. */
    public enum Symbols {
        SHOWN,
        HIDDEN,
        NONE
    }

    /** Returns the system calls that came to something, sorted. */
    public List<String> calls(Answer answer) {
        return answers.entrySet().stream()
                .filter(entry -> entry.getValue() == answer)
                .map(Map.Entry::getKey)
                .toList();
    }
}
