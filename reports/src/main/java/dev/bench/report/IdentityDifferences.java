package dev.bench.report;

import dev.bench.result.Identity;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Compares what the kernel told the workload of itself on each target.
 *
 * @param targets the targets that were looked into, in their order
 * @param differing one row for every attribute that is not the same everywhere
 * @param same names of the attributes that are
 */
record IdentityDifferences(List<Result.TargetFacts> targets, List<Row> differing, List<String> same) {
    private static final String NOT_TOLD = "not told";
    /** Why targets cannot be alike in it, by the beginning of an attribute's name. */
    private static final Map<String, String> REASONS = Map.of(
            "capabilities", "a process and a machine have no engine that takes any away",
            "system call filter", "an engine's own",
            "security label", "an engine's own",
            "control group", "a machine's virtual processors and memory are its limits",
            "mounts", "a machine has a disk; what an engine hides of the kernel the others leave");

    /**
     * Names an attribute that differs.
     *
     * @param name its name
     * @param values by target; of a list only what is not everywhere
     * @param reason why it cannot be the same; empty where nothing says that it cannot
     */
    record Row(String name, List<String> values, String reason) {}

    static IdentityDifferences of(Result result) {
        List<Result.TargetFacts> targets = result.targets().stream()
                .filter(target -> !attributes(target).isEmpty())
                .toList();
        Set<String> names = new LinkedHashSet<>();
        targets.forEach(target -> names.addAll(attributes(target).keySet()));
        List<Row> differing = new ArrayList<>();
        List<String> same = new ArrayList<>();
        for (String name : names) {
            List<String> values = targets.stream()
                    .map(target -> attributes(target).getOrDefault(name, NOT_TOLD))
                    .toList();
            if (values.stream().distinct().count() == 1) {
                same.add(name);
            } else {
                differing.add(new Row(name, ownLines(values), reason(name)));
            }
        }
        return new IdentityDifferences(targets, differing, same);
    }

    private static Map<String, String> attributes(Result.TargetFacts target) {
        Identity identity = target.identity();
        return identity == null ? Map.of() : identity.attributes();
    }

    private static List<String> ownLines(List<String> values) {
        Set<String> common = new LinkedHashSet<>(values.get(0).lines().toList());
        values.forEach(value -> common.retainAll(value.lines().toList()));
        return values.stream()
                .map(value -> String.join(
                        "\n",
                        value.lines().filter(line -> !common.contains(line)).toList()))
                .toList();
    }

    private static String reason(String name) {
        return REASONS.entrySet().stream()
                .filter(reason -> name.startsWith(reason.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse("");
    }
}
