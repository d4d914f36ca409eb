package dev.bench.compare;

import dev.bench.analysis.Analysed;
import dev.bench.result.Result;
import java.nio.file.Path;
import java.util.Optional;

/** Judges stored results of gates: one report of all targets against their baselines, from the launches alone. */
public final class Gates {
    private Gates() {}

    /**
     * Returns the verdict of a gate; empty where the result is of a run that was none.
     *
     * @param source the directory the result was read from
     */
    public static Optional<ComparisonReport> judge(Path source, Analysed analysed) {
        Result.GateFacts gate = analysed.result().plan().gate();
        return gate == null
                ? Optional.empty()
                : Optional.of(Comparer.judge(
                        ResultSide.baselineOfGate(source, analysed, gate),
                        ResultSide.judgedByGate(source, analysed, gate),
                        gate));
    }

    /**
     * Compares what a command line names as BASE and HEAD. Where they are a baseline of a gate and the target held against
     * it, the verdict is the gate's.
     *
     * @throws dev.bench.result.ResultException where one of them is no result, or damaged, or too large to be one
     * @throws ComparisonException where the two have nothing in common
     */
    public static ComparisonReport compare(String base, String head) {
        Side before = Sides.read(base);
        Side after = Sides.read(head);
        if (before.id().equals(after.id()) && !before.source().equals(after.source())) {
            before = before.namedByFolder();
            after = after.namedByFolder();
        }
        String baseline = before.chosen();
        String judged = after.chosen();
        if (baseline != null && judged != null && before.source().equals(after.source())) {
            Analysed analysed = Sides.analysed(after.source());
            Result.GateFacts gate = analysed.result().plan().gate();
            if (gate != null && baseline.equals(gate.baselines().get(judged))) {
                return judge(after.source(), analysed).orElseThrow().only(judged);
            }
        }
        return Comparer.compare(before, after);
    }
}
