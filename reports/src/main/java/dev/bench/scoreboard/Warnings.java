package dev.bench.scoreboard;

import dev.bench.analysis.HostClass;
import dev.bench.result.Result;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Says what a reader must know of several results as a whole. */
final class Warnings {
    private Warnings() {}

    static List<String> of(Scoreboard board) {
        List<String> warnings = new ArrayList<>();
        Map<HostClass, List<String>> hosts = new LinkedHashMap<>();
        boolean emulated = false;
        for (Entry entry : board.entries()) {
            Result result = entry.result();
            hosts.computeIfAbsent(HostClass.of(result.host()), host -> new ArrayList<>())
                    .add(entry.label());
            emulated |= result.targets().stream().anyMatch(Result.TargetFacts::emulated);
            if (result.partial()) {
                warnings.add(entry.label() + " is partial: the run ended before its plan did");
            }
        }
        if (hosts.size() > 1) {
            List<String> words = new ArrayList<>();
            hosts.forEach((host, labels) -> words.add(String.join(", ", labels) + " on " + host.words()));
            warnings.add("the results come from " + hosts.size()
                    + " classes of host, so that figures of one do not compare with those of another: "
                    + String.join("; ", words));
        }
        if (emulated) {
            warnings.add(
                    "figures marked emulated are those of a machine whose CPU was emulated: they are no measure of a"
                            + " virtual machine on hardware");
        }
        return warnings;
    }
}
