package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.document.Span;

/** Names targets the same way everywhere, with the mark of an emulated CPU. */
public final class Names {
    private Names() {}

    /** Returns the name with the mark, as plain text. */
    public static String plain(Analysed analysed, String target) {
        return span(analysed, target).plain();
    }

    /** Returns the name with the mark. */
    public static Span span(Analysed analysed, String target) {
        return new Span.Name(target, analysed.isEmulated(target));
    }
}
