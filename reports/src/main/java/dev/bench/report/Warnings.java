package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.List;

/** Says what a reader of a report must know before its figures. */
final class Warnings {
    private Warnings() {}

    /** Returns what is to be said of how the measure is shown, and the warnings of the result. */
    static List<String> of(Analysed analysed) {
        List<String> warnings = new ArrayList<>(Views.of(analysed).notes(analysed));
        warnings.addAll(analysed.result().warnings());
        return warnings;
    }
}
