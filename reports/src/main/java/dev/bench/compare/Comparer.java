package dev.bench.compare;

import dev.bench.result.Result;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares two results measure by measure and target by target: matches, estimates, judges, and says what else a reader must
 * know.
 *
 * <p>Launches are paired by session and block where both sides are targets of the same result, and only there: two runs
 * share no block.
 */
public final class Comparer {
    private Comparer() {}

    /**
     * Compares HEAD with BASE.
     *
     * @throws ComparisonException where the two have nothing in common
     */
    public static ComparisonReport compare(Side base, Side head) {
        if (base.source().equals(head.source()) && Objects.equals(base.chosen(), head.chosen())) {
            throw new ComparisonException("BASE and HEAD are the same, " + base.id()
                    + "; name another result, or two targets of this one as RESULT@TARGET");
        }
        return report(base, head, null);
    }

    /** Judges what a gate launched against the baselines that it launched in the same blocks. */
    static ComparisonReport judge(Side base, Side head, Result.GateFacts gate) {
        return report(base, head, gate);
    }

    private static ComparisonReport report(Side base, Side head, Result.@Nullable GateFacts gate) {
        boolean paired = base.source().equals(head.source());
        Matching matching = Matching.of(base, head);
        List<Difference> differences = Differences.of(base, head, matching.targets());
        Estimation estimation =
                new Estimation(base.kind(), paired, matching.pairs().size());
        List<Candidate> candidates =
                matching.pairs().stream().map(estimation::of).toList();
        Judgement judgement = new Judgement(base, head, gate, paired, differences);
        List<Compared> rows = judgement.of(candidates);
        return new ComparisonReport(
                base,
                head,
                paired,
                rows,
                judgement.whole(candidates, rows),
                judgement.failures(matching.targets()),
                gate == null ? List.of() : LimitCheck.of(head, gate.limits()),
                differences,
                Notes.of(base, head, paired, differences, rows));
    }
}
