package dev.bench.view;

import dev.bench.analysis.Analysed;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the view of a measure. */
public final class Views {
    private static final List<MeasureView> ALL =
            ServiceLoader.load(MeasureView.class, Views.class.getClassLoader()).stream()
                    .map(ServiceLoader.Provider::get)
                    .toList();

    private Views() {}

    /** Returns every view, in the order of their questions on a scoreboard. */
    public static List<MeasureView> all() {
        return ALL;
    }

    /** Finds the view of a measure by the measure's name; empty where there is none. */
    public static Optional<MeasureView> find(String measure) {
        return ALL.stream().filter(view -> view.measure().equals(measure)).findFirst();
    }

    /** Returns the view of an analysed result: one that shows metrics by their names where its measure has none. */
    public static MeasureView of(Analysed analysed) {
        return find(analysed.result().scenario().measure()).orElseGet(() -> new PlainView(analysed));
    }
}
