package dev.bench.chart;

import java.util.List;
import org.jfree.chart.axis.CategoryAxis;
import org.jfree.chart.plot.CategoryPlot;
import org.jfree.chart.plot.PlotOrientation;
import org.jfree.chart.renderer.category.StackedBarRenderer;
import org.jfree.chart.renderer.category.StandardBarPainter;
import org.jfree.data.category.DefaultCategoryDataset;

/** Shows bars divided into layers. */
public final class StackedPlot {
    private StackedPlot() {}

    /**
     * Holds a layer of stacked bars.
     *
     * @param name name for the legend
     * @param values one for every bar
     * @param role how it is drawn
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Layer(String name, double[] values, Role role) {
        /** Says what a layer is to the bar. */
        public enum Role {
            /** One of its parts, in a colour of its own. */
            PART,
            /** What the parts leave, in the colour of the text. */
            REST,
            /** Something beside the bar, in the colour of the grid. */
            BESIDE
        }
    }

    /** Draws one bar per name, divided into layers. */
    public static Picture draw(String title, String axis, List<String> names, List<Layer> layers) {
        DefaultCategoryDataset data = new DefaultCategoryDataset();
        StackedBarRenderer renderer = new StackedBarRenderer();
        renderer.setBarPainter(new StandardBarPainter());
        renderer.setShadowVisible(false);
        renderer.setMaximumBarWidth(0.25);
        for (int series = 0; series < layers.size(); series++) {
            Layer layer = layers.get(series);
            for (int i = 0; i < names.size(); i++) {
                data.addValue(layer.values()[i], layer.name(), names.get(i));
            }
            renderer.setSeriesPaint(
                    series,
                    switch (layer.role()) {
                        case PART -> Svg.series(series);
                        case REST -> Svg.INK;
                        case BESIDE -> Svg.GRID;
                    });
        }
        CategoryAxis categories = new CategoryAxis();
        categories.setTickLabelFont(Svg.FONT);
        categories.setTickLabelPaint(Svg.INK);
        categories.setAxisLinePaint(Svg.GRID);
        CategoryPlot plot = new CategoryPlot(data, categories, Panel.numberAxis(axis), renderer);
        plot.setOrientation(PlotOrientation.HORIZONTAL);
        plot.setBackgroundPaint(Svg.NONE);
        plot.setOutlineVisible(false);
        plot.setRangeGridlinePaint(Svg.GRID);
        return Panel.draw(plot, Panel.FRAME + 50 + Panel.ROW * names.size(), title, true);
    }
}
