package dev.bench.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Draws a plot of every kind, and prints which native libraries that took. */
final class Gallery {
    private static final Values ONE = new Values("process", new double[] {1, 2, 30}, new double[] {1, 2, 3});
    private static final Values TWO = new Values("vm", new double[] {2, 4, 60}, new double[] {3, 1, 2});

    private Gallery() {}

    /** Prints the libraries that this JVM has mapped, a path a line. */
    public static void main(String[] arguments) throws IOException {
        draw();
        Files.readString(Path.of("/proc/self/maps"), StandardCharsets.ISO_8859_1)
                .lines()
                .filter(line -> line.contains(".so"))
                .map(line -> line.substring(line.indexOf('/')))
                .distinct()
                .forEach(System.out::println);
    }

    static List<Picture> draw() {
        List<Values> lines = List.of(ONE, TWO);
        return List.of(
                PointPlot.draw("points", "ms", lines),
                ForestPlot.draw(
                        "forest", "ratio", List.of(new ForestPlot.Estimate("vm / process", 1.1, 1.2, 1.3)), 0.05),
                SharePlot.draw("cumulative", "ms", lines),
                OrderPlot.draw("over time", "ms", lines),
                CurvePlot.draw(
                        "curves", "instances", "requests/s", List.of(new CurvePlot.Curve(ONE, List.of(false, true)))),
                PercentilePlot.draw("percentiles", "ms", lines),
                WaterfallPlot.draw("waterfall", "ms", List.of(new WaterfallPlot.Segment("kernel \u2192 init", 0, 12))),
                FittedPlot.draw("fitted", "instances", "MiB", ONE, new FittedPlot.Line(1, 2, 1.5, 2.5)),
                StackedPlot.draw(
                        "stacked",
                        "MiB",
                        List.of("process"),
                        List.of(new StackedPlot.Layer("heap", new double[] {3}, StackedPlot.Layer.Role.PART))),
                TrendPlot.draw(
                        "trend",
                        "ms",
                        List.of(new TrendPlot.Line(
                                "vm",
                                List.of(
                                        new TrendPlot.Point(Instant.EPOCH, 3, 2, 4),
                                        new TrendPlot.Point(Instant.EPOCH.plusSeconds(9999), 5, 4, 6)),
                                List.of(new TrendPlot.Mark(1, "+60 %"))))));
    }
}
