package dev.bench.chart;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.Font;
import java.awt.font.FontRenderContext;
import java.io.File;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class TableFontTest {
    /** What the JVM's own fonts are measured with, none of which a small server has. */
    private static final Pattern FONT_LIBRARY = Pattern.compile("libfontmanager|libfreetype|libharfbuzz|libfontconfig");

    private static final FontRenderContext CONTEXT = new FontRenderContext(null, true, true);

    @Test
    void drawingNeedsNoFontOfTheHost() throws Exception {
        Process process = new ProcessBuilder(
                        System.getProperty("java.home") + File.separator + "bin" + File.separator + "java",
                        "-Djava.awt.headless=true",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Gallery.class.getName())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        List<String> libraries = output.lines().toList();
        assertTrue(libraries.stream().anyMatch(line -> line.contains("libawt")), output);
        assertEquals(
                List.of(),
                libraries.stream()
                        .filter(line -> FONT_LIBRARY.matcher(line).find())
                        .toList());
    }

    @Test
    void everyTextHasTheWidthOfTheTable() {
        TableFont font = new TableFont(Font.PLAIN, 2048);
        assertEquals(
                1126 + 1253 + 1298 + 803, font.getStringBounds("cont", CONTEXT).getWidth());
        assertEquals(
                1401 + 1024 + 2011, font.getStringBounds("Ä\u2013æ", CONTEXT).getWidth());
        assertEquals(
                1126 * 12 / 2048.0,
                new TableFont(Font.PLAIN, 12).getStringBounds("c", CONTEXT).getWidth(),
                1e-6);
        assertEquals(1401, font.advance("A\u0301"), "a combining mark stands above its letter");
        assertEquals(4096, font.advance("漢字"));
        assertEquals(2048, font.advance("\uD83D\uDE00"), "a character of two chars is one");
        assertEquals(2384, font.getLineMetrics("A", CONTEXT).getHeight());
        assertEquals(24, font.deriveFont(24f).getSize());
    }

    @Test
    void fontsOfOthersAreMeasuredByTheTableToo() {
        assertEquals(
                new TableMetrics(new TableFont(Font.BOLD, 10)).stringWidth("ready"),
                new TableMetrics(TableGraphics.measured(new Font("Serif", Font.BOLD, 10))).stringWidth("ready"));
    }
}
