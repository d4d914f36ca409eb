package dev.bench.chart;

import java.awt.Font;
import java.awt.FontMetrics;
import java.awt.Graphics;
import org.apache.batik.svggen.SVGGeneratorContext;
import org.apache.batik.svggen.SVGGraphics2D;

/** Writes what is drawn as SVG; whatever font is set, text is measured by {@link TableFont}. */
final class TableGraphics extends SVGGraphics2D {
    TableGraphics(SVGGeneratorContext context) {
        super(context, false);
    }

    private TableGraphics(TableGraphics original) {
        super(original);
    }

    @Override
    public Graphics create() {
        return new TableGraphics(this);
    }

    @Override
    public void setFont(Font font) {
        super.setFont(measured(font));
    }

    @Override
    public FontMetrics getFontMetrics(Font font) {
        return new TableMetrics(measured(font));
    }

    static TableFont measured(Font font) {
        return font instanceof TableFont table ? table : new TableFont(font.getStyle(), font.getSize2D());
    }
}
