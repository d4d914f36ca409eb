package dev.bench.view;

import java.util.Optional;

/** Shows one part of a report. Sections hold no state; several are made at a time. */
public interface Section {
    /** Returns the heading. */
    String title();

    /** Returns the content as markup, empty where the result has nothing to show here. */
    Optional<String> render(ReportContext context);
}
