package dev.bench.chart;

import java.awt.Font;
import java.awt.font.LineMetrics;

/** Measures a line of text in a {@link TableFont}: every line is as high. */
final class TableLine extends LineMetrics {
    private final TableFont font;
    private final int characters;

    TableLine(TableFont font, int characters) {
        this.font = font;
        this.characters = characters;
    }

    @Override
    public int getNumChars() {
        return characters;
    }

    @Override
    public float getAscent() {
        return font.ascent();
    }

    @Override
    public float getDescent() {
        return font.descent();
    }

    @Override
    public float getLeading() {
        return 0;
    }

    @Override
    public float getHeight() {
        return font.ascent() + font.descent();
    }

    @Override
    public int getBaselineIndex() {
        return Font.ROMAN_BASELINE;
    }

    @Override
    public float[] getBaselineOffsets() {
        return new float[] {0, (font.descent() - font.ascent()) / 2, -font.ascent()};
    }

    @Override
    public float getStrikethroughOffset() {
        return -font.ascent() / 3;
    }

    @Override
    public float getStrikethroughThickness() {
        return font.getSize2D() / 20;
    }

    @Override
    public float getUnderlineOffset() {
        return font.descent() / 2;
    }

    @Override
    public float getUnderlineThickness() {
        return font.getSize2D() / 20;
    }
}
