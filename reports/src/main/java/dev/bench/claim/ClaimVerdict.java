package dev.bench.claim;

/** Says what became of a claim. */
public enum ClaimVerdict {
    /** The interval of what was measured lies inside what is claimed. */
    REPRODUCED("reproduced"),
    /** It lies outside. */
    REFUTED("refuted"),
    /** It reaches both sides, or there are too few samples for one. */
    UNDECIDED("undecided"),
    /** What was measured says nothing about the claim. */
    NOT_COMPARABLE("not comparable here");

    private final String words;

    ClaimVerdict(String words) {
        this.words = words;
    }

    /** Returns it in words. */
    public String words() {
        return words;
    }
}
