package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.document.Html;

/** Names targets the same way everywhere, with the mark of an emulated CPU. */
public final class Names {
    private Names() {}

    /** Returns the name with the mark, as plain text. */
    public static String plain(Analysed analysed, String target) {
        return target + (analysed.isEmulated(target) ? " (emulated)" : "");
    }

    /** Returns the name with the mark, as markup. */
    public static String html(Analysed analysed, String target) {
        return Html.escape(target) + (analysed.isEmulated(target) ? " <span class=\"badge\">emulated</span>" : "");
    }
}
