package dev.bench.chart;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

class WaterfallPlotTest {
    /** A square cap would make a bar longer by its own thickness, which reads as time. */
    @Test
    void aBarIsAsLongAsItsSegment() {
        String svg = WaterfallPlot.draw("starts", "ms", List.of(new WaterfallPlot.Segment("kernel", 3, 12)))
                .svg();

        assertTrue(
                svg.matches("(?s).*<g[^>]*stroke-width=\"14\"[^>]*stroke-linecap=\"butt\".*"
                        + "|.*<g[^>]*stroke-linecap=\"butt\"[^>]*stroke-width=\"14\".*"),
                svg);
    }
}
