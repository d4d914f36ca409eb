package dev.bench.view;

import dev.bench.document.Block;
import java.util.List;

/** Shows one part of a report. Sections hold no state; several are made at a time. */
public interface Section {
    /** Returns the heading. */
    String title();

    /** Returns the content, empty where the result has nothing to show here. */
    List<Block> blocks(ReportContext context);
}
