package dev.bench.chart;

import java.awt.FontMetrics;

/** Measures text in a {@link TableFont}, in whole units. */
final class TableMetrics extends FontMetrics {
    private static final long serialVersionUID = 1L;

    private final TableFont table;

    TableMetrics(TableFont font) {
        super(font);
        table = font;
    }

    @Override
    public int getAscent() {
        return Math.round(table.ascent());
    }

    @Override
    public int getDescent() {
        return Math.round(table.descent());
    }

    @Override
    public int charWidth(int character) {
        return Math.round(table.advance(Character.toString(character)));
    }

    @Override
    public int charWidth(char character) {
        return charWidth((int) character);
    }

    @Override
    public int stringWidth(String text) {
        return Math.round(table.advance(text));
    }

    @Override
    public int charsWidth(char[] text, int offset, int length) {
        return stringWidth(new String(text, offset, length));
    }
}
