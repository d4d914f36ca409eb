package dev.bench.measure.isolation;

import dev.bench.program.Inspection;
import dev.bench.program.Inspection.Answer;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Turns what was seen inside into values and words. Stateless. */
final class Evidence {
    private Evidence() {}

    /** Returns the values of what was seen. */
    static Map<String, Double> values(Inspection seen) {
        Map<String, Double> values = new LinkedHashMap<>();
        values.put(IsolationMetrics.SYSCALLS.id(), (double)
                seen.calls(Answer.ANSWERED).size());
        values.put(IsolationMetrics.CAPABILITIES.id(), (double) count(seen, "CapBnd"));
        values.put(IsolationMetrics.EFFECTIVE_CAPABILITIES.id(), (double) count(seen, "CapEff"));
        values.put(IsolationMetrics.WRITABLE_PROC.id(), (double) (seen.writableSettings() + seen.writableObjects()));
        values.put(IsolationMetrics.DEVICES.id(), (double) seen.devices().size());
        return values;
    }

    private static int count(Inspection seen, String set) {
        return Long.bitCount(HostIdentity.mask(seen.capabilities().getOrDefault(set, "")));
    }

    /**
     * Returns what is stored of what was seen.
     *
     * @param setUserId files of the tree that execute as their owner
     */
    static IsolationRecord.Inside of(Inspection seen, HostIdentity host, List<String> setUserId) {
        IsolationClass kind = IsolationClass.of(seen, host);
        return new IsolationRecord.Inside(
                kind.name(),
                kind.confidence(),
                kind.reasons(),
                words(seen, host),
                seen.calls(Answer.REFUSED),
                seen.calls(Answer.ABSENT),
                seen.devices(),
                setUserId);
    }

    private static Map<String, String> words(Inspection seen, HostIdentity host) {
        Map<String, String> words = new LinkedHashMap<>();
        words.put("kernel", seen.kernel());
        words.put(
                "boot identity",
                seen.boot().isEmpty() ? "not told" : seen.boot().equals(host.boot()) ? "the host's" : "its own");
        words.put("processor of a virtual machine", seen.hypervisor() ? "yes" : "no");
        seen.namespaces().forEach((name, link) -> words.put("namespace " + name, namespace(seen, host, name, link)));
        words.put(
                "user ids inside",
                UserMap.of(seen.users()).map(UserMap::describe).orElse("not told"));
        words.put("system call filter", filter(seen.filter()));
        words.put("no new privileges", seen.noNewPrivileges() ? "yes" : "no");
        words.put("security label", seen.label());
        seen.capabilities()
                .forEach((set, mask) -> words.put("capabilities, " + set, count(seen, set) + " (" + mask + ")"));
        words.put("control group's memory", seen.memory());
        words.put("control group's processors", seen.processors());
        words.put("writable below /proc/sys", Integer.toString(seen.writableSettings()));
        words.put("writable below /sys", Integer.toString(seen.writableObjects()));
        words.put(
                "addresses of kernel symbols",
                switch (seen.symbols()) {
                    case SHOWN -> "shown";
                    case HIDDEN -> "hidden";
                    case NONE -> "no such file";
                });
        return words;
    }

    /** A kernel of its own has namespaces with the same numbers as the host's first ones. */
    private static String namespace(Inspection seen, HostIdentity host, String name, String link) {
        if (!seen.boot().equals(host.boot())) {
            return "of another kernel";
        }
        return IsolationClass.own(Map.of(name, link), host.namespaces()).isEmpty() ? "the host's" : "its own";
    }

    private static String filter(String mode) {
        return switch (mode) {
            case "0" -> "off";
            case "1" -> "strict";
            case "2" -> "on";
            default -> "not told";
        };
    }
}
