package dev.bench.chart;

import java.awt.Graphics2D;
import java.awt.geom.Rectangle2D;
import java.util.ArrayList;
import java.util.List;
import org.jfree.chart.axis.AxisState;
import org.jfree.chart.axis.LogAxis;
import org.jfree.chart.axis.LogTick;
import org.jfree.chart.axis.NumberTick;
import org.jfree.chart.ui.RectangleEdge;

/**
 * Draws a logarithmic axis whose labels are plain text: the attributed text of its superclass is laid out by the JVM's own
 * font manager, which {@link TableFont} is to do without.
 */
final class PlainLogAxis extends LogAxis {
    private static final long serialVersionUID = 1L;

    PlainLogAxis(String label) {
        super(label);
    }

    @Override
    public List<Object> refreshTicks(Graphics2D graphics, AxisState state, Rectangle2D area, RectangleEdge edge) {
        List<Object> ticks = new ArrayList<>();
        for (Object tick : super.refreshTicks(graphics, state, area, edge)) {
            ticks.add(tick instanceof LogTick logarithmic ? plain(logarithmic) : tick);
        }
        return ticks;
    }

    private NumberTick plain(LogTick tick) {
        String text = tick.getAttributedLabel() == null
                ? ""
                : getNumberFormatOverride().format(tick.getValue());
        return new NumberTick(
                tick.getTickType(),
                tick.getValue(),
                text,
                tick.getTextAnchor(),
                tick.getRotationAnchor(),
                tick.getAngle());
    }
}
