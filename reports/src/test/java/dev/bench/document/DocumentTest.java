package dev.bench.document;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.chart.SharePlot;
import dev.bench.chart.Values;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Renders every kind of block and span, each with a text that tries to break out of it. */
final class DocumentTest {
    private static final String HOSTILE = "<script>alert('x')</script>\"&`|*@all\u0000";

    private static final List<Span> SPANS = List.of(
            Span.text(HOSTILE),
            new Span.Strong(Span.text(HOSTILE)),
            new Span.Small(HOSTILE),
            new Span.Alarm(HOSTILE),
            new Span.Wrapped(HOSTILE),
            new Span.Code(HOSTILE + "\n" + HOSTILE),
            new Span.Badge(HOSTILE),
            new Span.Name(HOSTILE, true),
            new Span.Value(1.0, HOSTILE),
            new Span.Interval(1.0, 2.0, HOSTILE),
            Span.link("#\" onclick=\"alert(1)", HOSTILE),
            Span.phrase(Span.text(HOSTILE), new Span.Break(), Span.text(HOSTILE)));

    @BeforeAll
    static void drawWithoutAScreen() {
        System.setProperty("java.awt.headless", "true");
    }

    @Test
    void noTextBecomesMarkup() {
        Document document = new Document(
                HOSTILE,
                HOSTILE,
                HOSTILE,
                List.of(HOSTILE),
                List.of(new Part(HOSTILE, blocks())),
                List.of(new Chapter(HOSTILE, HOSTILE, List.of(HOSTILE), List.of(new Part(HOSTILE, blocks())))),
                HOSTILE);

        String html = HtmlPage.render(document);

        assertFalse(html.contains("<script"), html);
        assertFalse(html.contains(" onclick=\""), html);
        assertFalse(html.contains("\u0000"));
        for (String tag : List.of("table", "tr", "td", "th", "div", "p", "span", "a", "details", "figure", "section")) {
            assertEquals(html.split("<" + tag + "[\\s>]", -1).length, html.split("</" + tag + ">", -1).length, tag);
        }
        String markdown = MarkdownPage.render(document);
        assertFalse(markdown.contains("<script") || markdown.contains("@all"), markdown);
        assertFalse(TerminalPage.render(Document.of("", "", "", List.of(), document.parts(), ""), 80)
                .contains("\u0000"));
    }

    @Test
    void aChapterHasHeadingsOneLevelLowerAndIdentifiersOfItsOwn() {
        List<Part> parts = List.of(new Part("Plots", blocks()));
        String html = HtmlPage.render(
                new Document("", "", "", List.of(), parts, List.of(new Chapter("One", "", List.of(), parts)), ""));

        assertTrue(html.contains("<section id=\"s0\"><h2>Plots</h2>"), html);
        assertTrue(html.contains("<section id=\"r0-s0\"><h3>Plots</h3>"), html);
        List<String> identifiers = Pattern.compile(" id=\"([^\"]+)\"")
                .matcher(html)
                .results()
                .map(match -> match.group(1))
                .toList();
        assertEquals(identifiers.stream().distinct().toList(), identifiers);
    }

    @Test
    void eachOutputTakesWhatItHasRoomFor() {
        List<Column> columns =
                List.of(Column.text("target"), new Column("95 % CI of ratio", "95 % CI", true), Column.further("MAD"));
        List<List<Span>> rows = List.of(List.of(new Span.Name("vm", true), new Span.Ratio(1.5), new Span.Count(3)));
        List<Block> blocks = List.of(
                new Block.Heading("Startup", "request to answer", Depth.GLANCE),
                Block.text("for pages only"),
                new Block.Table("", "", columns, rows, Depth.GLANCE),
                new Block.Statement("warned of", true, Depth.GLANCE),
                new Block.Statement("said here", false, Depth.GLANCE),
                new Block.Heading("Teardown", "removal", Depth.SUMMARY),
                new Block.Table("alike", "folded", columns, rows, Depth.SUMMARY));
        Document document =
                Document.of("t", "e", "title", List.of("warned of"), List.of(new Part("All", blocks)), "origin");

        assertEquals(
                "title\n\nStartup (request to answer)\n  target         95 % CI\n  vm (emulated)  1.5×\nwarned of\nsaid here\n\n",
                TerminalPage.render(document, 80));
        assertEquals(
                "### title\n\n**Startup**, request to answer\n\n| target | 95 % CI |\n|---|---:|\n| vm (emulated) | 1.5× |\n\n"
                        + "said here\n\n**Teardown**, removal\n\n\n<details><summary>folded</summary>\n\n"
                        + "| target | 95 % CI |\n|---|---:|\n| vm (emulated) | 1.5× |\n\n</details>\n"
                        + "> warned of\n>\n\n<sub>origin</sub>\n",
                MarkdownPage.render(document));
        String html = HtmlPage.render(document);
        assertTrue(html.contains("<th scope=\"col\">95 % CI of ratio</th><th scope=\"col\">MAD</th>"), html);
        assertTrue(html.contains("<p class=\"note\">warned of.</p>"), html);
    }

    private static List<Block> blocks() {
        Block.Table table = new Block.Table(
                HOSTILE,
                HOSTILE,
                List.of(Column.text(HOSTILE), Column.number(HOSTILE)),
                SPANS.stream().map(span -> List.of(span, span)).toList(),
                Depth.GLANCE);
        Values line = new Values(HOSTILE, new double[] {1, 2}, new double[] {0.5, 1});
        return List.of(
                new Block.Paragraph(Block.Role.ALARM, SPANS),
                Block.text(HOSTILE),
                Block.note(HOSTILE),
                new Block.Heading(HOSTILE, HOSTILE, Depth.GLANCE),
                new Block.Statement(HOSTILE + ".", false, Depth.GLANCE),
                table,
                new Block.Figure(HOSTILE, HOSTILE, SharePlot.draw(HOSTILE, HOSTILE, List.of(line)), table),
                new Block.Fold(HOSTILE, List.of(new Block.Verbatim(HOSTILE))),
                new Block.Items(List.of(HOSTILE)),
                new Block.Glossary(List.of(new Term(HOSTILE, HOSTILE))),
                new Block.Attachment(HOSTILE, HOSTILE, HOSTILE, HOSTILE),
                new Block.Board(
                        HOSTILE,
                        List.of(HOSTILE, HOSTILE),
                        List.of(new Block.Board.Group(
                                HOSTILE,
                                HOSTILE,
                                HOSTILE,
                                List.of(new Block.Board.Row(Span.text(HOSTILE), List.of(SPANS, List.of())))))));
    }
}
