package dev.bench.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Draws a plot of every kind, and prints which native libraries that took. */
final class Gallery {
    private static final Charts.Values ONE =
            new Charts.Values("process", new double[] {1, 2, 30}, new double[] {1, 2, 3});
    private static final Charts.Values TWO = new Charts.Values("vm", new double[] {2, 4, 60}, new double[] {3, 1, 2});

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

    static List<String> draw() {
        List<Charts.Values> lines = List.of(ONE, TWO);
        return List.of(
                Charts.points("points", "ms", lines),
                Charts.forest("forest", "ratio", List.of(new Charts.Estimate("vm / process", 1.1, 1.2, 1.3)), 0.05),
                Charts.cumulative("cumulative", "ms", lines),
                Charts.overTime("over time", "ms", lines),
                Charts.curves(
                        "curves", "instances", "requests/s", List.of(new Charts.Curve(ONE, List.of(false, true)))),
                Charts.percentiles("percentiles", "ms", lines),
                Charts.waterfall("waterfall", "ms", List.of(new Charts.Segment("kernel \u2192 init", 0, 12))),
                Charts.fitted("fitted", "instances", "MiB", ONE, new Charts.Line(1, 2, 1.5, 2.5)),
                Charts.stacked(
                        "stacked",
                        "MiB",
                        List.of("process"),
                        List.of(new Charts.Layer("heap", new double[] {3}, Charts.Layer.Role.PART))),
                TrendChart.draw(
                        "trend",
                        "ms",
                        List.of(new TrendChart.Line(
                                "vm",
                                List.of(
                                        new TrendChart.Point(Instant.EPOCH, 3, 2, 4),
                                        new TrendChart.Point(Instant.EPOCH.plusSeconds(9999), 5, 4, 6)),
                                List.of(new TrendChart.Mark(1, "+60 %"))))));
    }
}
