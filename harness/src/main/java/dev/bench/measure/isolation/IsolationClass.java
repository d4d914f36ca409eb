package dev.bench.measure.isolation;

import dev.bench.program.Inspection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reasons from what was seen inside which kind of wall is around a workload, and never from what launched it.
 *
 * @param name {@link #NONE}, {@link #NAMESPACES}, {@link #USER_SPACE_KERNEL} or {@link #MACHINE}
 * @param confidence {@code high} where independent evidence agrees, {@code low} where there is one piece of it
 * @param reasons the evidence, a sentence each
 */
record IsolationClass(String name, String confidence, List<String> reasons) {
    static final String NONE = "none";
    static final String NAMESPACES = "namespaces";
    static final String USER_SPACE_KERNEL = "user-space kernel";
    static final String MACHINE = "virtual machine";

    private static final String HIGH = "high";
    private static final String LOW = "low";

    /** A kernel of one's own version lacks a few of the calls that are tried, a kernel written anew many. */
    private static final double LACKING = 0.2;

    IsolationClass {
        reasons = List.copyOf(reasons);
    }

    static IsolationClass of(Inspection seen, HostIdentity host) {
        return !seen.boot().isEmpty() && seen.boot().equals(host.boot()) ? shared(seen, host) : other(seen);
    }

    private static IsolationClass shared(Inspection seen, HostIdentity host) {
        List<String> reasons = new ArrayList<>(List.of("the kernel inside has the host's boot identity"));
        List<String> own = own(seen.namespaces(), host.namespaces());
        reasons.add(own.isEmpty() ? "no namespace of its own" : "namespaces of its own: " + String.join(", ", own));
        List<String> walls = new ArrayList<>();
        if (!seen.filter().equals("0") && !seen.filter().isEmpty()) {
            walls.add("a filter of system calls");
        }
        long missing =
                host.capabilities() & ~HostIdentity.mask(seen.capabilities().getOrDefault("CapBnd", ""));
        if (missing != 0) {
            walls.add(Long.bitCount(missing) + " of the host's capabilities out of reach");
        }
        if (own.contains("user")) {
            boolean outsider =
                    UserMap.of(seen.users()).filter(UserMap::disownsRoot).isPresent();
            walls.add("users of its own" + (outsider ? ", where root is nobody in particular outside" : ""));
        }
        if (walls.isEmpty()) {
            reasons.add("no filter of system calls, and every capability of the host's root within reach, so that its"
                    + " namespaces hold nothing back from root");
            return new IsolationClass(NONE, HIGH, reasons);
        }
        reasons.addAll(walls);
        boolean apart = own.contains("mnt") && own.contains("pid");
        return new IsolationClass(apart ? NAMESPACES : NONE, apart && walls.size() > 1 ? HIGH : LOW, reasons);
    }

    /** Returns the namespaces that are not the host's, in the order of reading. */
    static List<String> own(Map<String, String> seen, Map<String, String> host) {
        return seen.entrySet().stream()
                .filter(entry -> host.containsKey(entry.getKey()))
                .filter(entry -> !entry.getValue().equals(host.get(entry.getKey())))
                .map(Map.Entry::getKey)
                .toList();
    }

    private static IsolationClass other(Inspection seen) {
        List<String> reasons = new ArrayList<>();
        reasons.add(
                seen.boot().isEmpty()
                        ? "the kernel inside tells no boot identity"
                        : "the kernel inside has a boot identity of its own");
        int absent = seen.calls(Inspection.Answer.ABSENT).size();
        int tried = seen.answers().size();
        boolean lacking = absent > LACKING * tried;
        reasons.add(absent + " of " + tried + " system calls are not implemented there");
        reasons.add(
                seen.hypervisor()
                        ? "the processor says that it is a virtual machine's"
                        : "the processor does not say that it is a virtual machine's");
        if (lacking) {
            return new IsolationClass(USER_SPACE_KERNEL, seen.boot().isEmpty() ? HIGH : LOW, reasons);
        }
        return new IsolationClass(MACHINE, seen.hypervisor() && !seen.boot().isEmpty() ? HIGH : LOW, reasons);
    }
}
