package dev.bench.scoreboard;

import dev.bench.claim.Claims;
import dev.bench.claim.JudgedClaim;
import java.util.ArrayList;
import java.util.List;

/**
 * Holds what became of one published figure.
 *
 * @param entry number of the result that it was held against, from 0
 * @param judged the claim
 */
record ClaimRow(int entry, JudgedClaim judged) {
    /** Judges the claims of all results. */
    static List<ClaimRow> of(List<Entry> entries) {
        List<ClaimRow> rows = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            int number = i;
            Claims.judge(entries.get(i).analysed()).forEach(judged -> rows.add(new ClaimRow(number, judged)));
        }
        return rows;
    }

    /** Returns the verdict with its reason, in words. */
    String outcome() {
        return judged.verdict().words() + (judged.why().isEmpty() ? "" : ": " + judged.why());
    }
}
