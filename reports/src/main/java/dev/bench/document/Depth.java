package dev.bench.document;

/** Says where there is room for a part of a document. */
public enum Depth {
    /** Everywhere, on a terminal too. */
    GLANCE,
    /** In a comment on a pull request and on a page. */
    SUMMARY,
    /** On a page only. */
    FULL
}
