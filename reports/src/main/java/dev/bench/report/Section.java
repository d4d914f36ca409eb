package dev.bench.report;

import java.util.Optional;

/** Is one part of a report; a new part is one class and one line in {@link HtmlReport}. */
interface Section {
    /** Returns the heading. */
    String title();

    /** Returns the content as markup, empty where the result has nothing to show here. */
    Optional<String> render(ReportContext context);
}
