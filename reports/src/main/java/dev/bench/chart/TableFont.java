package dev.bench.chart;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.awt.font.LineMetrics;
import java.awt.font.TextAttribute;
import java.awt.geom.Rectangle2D;
import java.text.AttributedCharacterIterator;
import java.text.CharacterIterator;
import java.util.Map;

/**
 * Knows how wide the characters of a font are, and asks nothing of the host.
 *
 * <p>A font of the JVM's own is measured by its native font manager, which needs libraries and font files that a small
 * server does not have, and measures other fonts on other hosts. A report looks the same wherever it was rendered, and who
 * reads it has fonts of theirs. So the widths are those of a wide face, DejaVu Sans: in a narrower one labels have more
 * room than they need, never less.
 */
final class TableFont extends Font {
    private static final long serialVersionUID = 1L;
    /** Of an em, which the widths below are parts of. */
    private static final float UNITS = 2048;

    private static final float ASCENT = 1901 / UNITS;
    private static final float DESCENT = 483 / UNITS;
    private static final int FIRST_LATIN = 0xa0;
    private static final int FIRST_OTHER = 0x100;
    private static final int FIRST_SYMBOL = 0x2000;
    private static final int FIRST_IDEOGRAPH = 0x2e80;
    /** About the mean of Latin, Greek and Cyrillic letters beyond the table. */
    private static final int LETTER = 1400;

    private static final int SYMBOL = 1716;
    private static final int FULL_WIDTH = 2048;

    /** Advance widths from the space to the tilde. */
    private static final int[] ASCII = {
        651, 821, 942, 1716, 1303, 1946, 1597, 563, 799, 799, 1024, 1716, 651, 739, 651, 690, 1303, 1303, 1303, 1303,
        1303, 1303, 1303, 1303, 1303, 1303, 690, 690, 1716, 1716, 1716, 1087, 2048, 1401, 1405, 1430, 1577, 1294, 1178,
        1587, 1540, 604, 604, 1343, 1141, 1767, 1532, 1612, 1235, 1612, 1423, 1300, 1251, 1499, 1401, 2025, 1403, 1251,
        1403, 799, 690, 799, 1716, 1024, 1024, 1255, 1300, 1126, 1300, 1260, 721, 1300, 1298, 569, 569, 1186, 569, 1995,
        1298, 1253, 1300, 1300, 842, 1067, 803, 1298, 1212, 1675, 1212, 1212, 1075, 1303, 690, 1303, 1716
    };

    /** Advance widths from the no-break space to the y with diaeresis. */
    private static final int[] LATIN = {
        651, 821, 1303, 1303, 1303, 1303, 690, 1024, 1024, 2048, 965, 1253, 1716, 739, 2048, 1024, 1024, 1716, 821, 821,
        1024, 1303, 1303, 651, 1024, 821, 965, 1253, 1985, 1985, 1985, 1087, 1401, 1401, 1401, 1401, 1401, 1401, 1995,
        1430, 1294, 1294, 1294, 1294, 604, 604, 604, 604, 1587, 1532, 1612, 1612, 1612, 1612, 1612, 1716, 1612, 1499,
        1499, 1499, 1499, 1251, 1239, 1290, 1255, 1255, 1255, 1255, 1255, 1255, 2011, 1126, 1260, 1260, 1260, 1260, 569,
        569, 569, 569, 1253, 1298, 1253, 1253, 1253, 1253, 1253, 1716, 1253, 1298, 1298, 1298, 1298, 1212, 1300, 1212
    };

    TableFont(int style, float size) {
        super(SANS_SERIF, style, Math.round(size));
        pointSize = size;
    }

    /** Returns how far a text reaches to the right, in units of the font's size. */
    float advance(CharSequence text) {
        return text.codePoints().map(TableFont::width).sum() * getSize2D() / UNITS;
    }

    float ascent() {
        return ASCENT * getSize2D();
    }

    float descent() {
        return DESCENT * getSize2D();
    }

    private static int width(int character) {
        if (character >= ' ' && character < ' ' + ASCII.length) {
            return ASCII[character - ' '];
        }
        if (character >= FIRST_LATIN && character < FIRST_LATIN + LATIN.length) {
            return LATIN[character - FIRST_LATIN];
        }
        return switch (Character.getType(character)) {
            case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.FORMAT, Character.CONTROL -> 0;
            default ->
                switch (character) {
                    case '–' -> 1024;
                    case '‘', '’' -> 651;
                    case '“', '”' -> 1061;
                    case '…', '—' -> FULL_WIDTH;
                    default ->
                        character >= FIRST_IDEOGRAPH
                                ? FULL_WIDTH
                                : character >= FIRST_SYMBOL || character < FIRST_OTHER ? SYMBOL : LETTER;
                };
        };
    }

    /** Returns the name it was made with; the family is a question to the host's font manager. */
    @Override
    public String getFamily() {
        return getName();
    }

    @Override
    public Font deriveFont(float size) {
        return new TableFont(getStyle(), size);
    }

    @Override
    public Font deriveFont(int style) {
        return new TableFont(style, getSize2D());
    }

    @Override
    public Font deriveFont(int style, float size) {
        return new TableFont(style, size);
    }

    /** Derives a font of another size; other attributes are none that the table has. */
    @Override
    public Font deriveFont(Map<? extends AttributedCharacterIterator.Attribute, ?> attributes) {
        return attributes.get(TextAttribute.SIZE) instanceof Number size
                ? new TableFont(getStyle(), size.floatValue())
                : this;
    }

    @Override
    public Rectangle2D getStringBounds(String text, FontRenderContext context) {
        return bounds(text);
    }

    @Override
    public Rectangle2D getStringBounds(String text, int begin, int limit, FontRenderContext context) {
        return bounds(text.substring(begin, limit));
    }

    @Override
    public Rectangle2D getStringBounds(char[] text, int begin, int limit, FontRenderContext context) {
        return bounds(new String(text, begin, limit - begin));
    }

    @Override
    public Rectangle2D getStringBounds(CharacterIterator text, int begin, int limit, FontRenderContext context) {
        return bounds(text(text, begin, limit));
    }

    @Override
    public LineMetrics getLineMetrics(String text, FontRenderContext context) {
        return new TableLine(this, text.length());
    }

    @Override
    public LineMetrics getLineMetrics(String text, int begin, int limit, FontRenderContext context) {
        return new TableLine(this, limit - begin);
    }

    @Override
    public LineMetrics getLineMetrics(char[] text, int begin, int limit, FontRenderContext context) {
        return new TableLine(this, limit - begin);
    }

    @Override
    public LineMetrics getLineMetrics(CharacterIterator text, int begin, int limit, FontRenderContext context) {
        return new TableLine(this, limit - begin);
    }

    private Rectangle2D bounds(String text) {
        return new Rectangle2D.Float(0, -ascent(), advance(text), ascent() + descent());
    }

    private static String text(CharacterIterator text, int begin, int limit) {
        StringBuilder part = new StringBuilder();
        for (int i = begin; i < limit; i++) {
            part.append(text.setIndex(i));
        }
        return part.toString();
    }
}
