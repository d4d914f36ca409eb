package dev.bench.claim;

import dev.bench.document.Span;
import dev.bench.result.Claim;

/**
 * Holds a claim with what became of it.
 *
 * @param claim what is claimed
 * @param claimed the figure that is claimed, in words
 * @param seen what was measured, for a cell
 * @param verdict what became of it
 * @param why by how much it was missed, or why nothing can be said; empty where there is no more to say
 */
public record JudgedClaim(Claim claim, String claimed, Span seen, ClaimVerdict verdict, String why) {
    /** Returns where the claim was published, and what it was measured on where that is named. */
    public String publisher() {
        return claim.hardware().isEmpty() ? claim.source() : claim.source() + "; " + claim.hardware();
    }
}
