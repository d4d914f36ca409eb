package dev.bench.chart;

import java.util.List;
import org.jfree.chart.axis.NumberAxis;
import org.jfree.chart.renderer.xy.XYLineAndShapeRenderer;
import org.jfree.data.xy.XYSeries;
import org.jfree.data.xy.XYSeriesCollection;

/** Shows lines over a whole number. */
public final class CurvePlot {
    private CurvePlot() {}

    /**
     * Holds a line whose points may be no results.
     *
     * @param values the points
     * @param hollow whether each point is no result; none where the list is shorter
     */
    public record Curve(Values values, List<Boolean> hollow) {
        public Curve {
            hollow = List.copyOf(hollow);
        }

        boolean isHollow(int point) {
            return point < hollow.size() && hollow.get(point);
        }
    }

    /** Draws a line per target over a whole number from 0 up; points that are no result are hollow and on no line. */
    public static Picture draw(String title, String horizontal, String vertical, List<Curve> curves) {
        XYSeriesCollection data = new XYSeriesCollection();
        XYLineAndShapeRenderer renderer = new XYLineAndShapeRenderer(true, true);
        for (int i = 0; i < curves.size(); i++) {
            add(data, renderer, curves.get(i), i, false);
        }
        for (int i = 0; i < curves.size(); i++) {
            if (curves.get(i).hollow().contains(true)) {
                add(data, renderer, curves.get(i), i, true);
            }
        }
        NumberAxis numbers = Panel.numberAxis(horizontal);
        numbers.setStandardTickUnits(NumberAxis.createIntegerTickUnits());
        List<Values> swapped = curves.stream()
                .map(Curve::values)
                .map(line -> new Values(line.name(), line.y(), line.x()))
                .toList();
        return Panel.draw(Panel.plot(data, numbers, Panel.valueAxis(vertical, swapped), renderer), 340, title, true);
    }

    private static void add(
            XYSeriesCollection data, XYLineAndShapeRenderer renderer, Curve curve, int colour, boolean hollow) {
        Values values = curve.values();
        XYSeries series = new XYSeries(values.name() + (hollow ? ", no result" : ""), false, true);
        for (int i = 0; i < values.x().length; i++) {
            if (curve.isHollow(i) == hollow) {
                series.add(values.x()[i], values.y()[i]);
            }
        }
        int index = data.getSeriesCount();
        data.addSeries(series);
        Panel.style(renderer, index, Panel.dot());
        renderer.setSeriesPaint(index, Svg.series(colour));
        renderer.setSeriesShapesFilled(index, !hollow);
        renderer.setSeriesLinesVisible(index, !hollow);
    }
}
