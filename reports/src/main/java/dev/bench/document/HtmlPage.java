package dev.bench.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Puts parts together into one HTML file that needs no network and no script. */
public final class HtmlPage {
    private HtmlPage() {}

    /**
     * Is a part of the page with a heading of its own.
     *
     * @param title the heading
     * @param markup the content
     */
    public record Part(String title, String markup) {}

    /**
     * Is a report of its own within a page that holds several.
     *
     * @param title the heading
     * @param sentence the outcome
     * @param warnings what a reader must know; may be empty
     * @param parts in the order in which they stand
     */
    public record Chapter(String title, String sentence, List<String> warnings, List<Part> parts) {
        public Chapter {
            warnings = List.copyOf(warnings);
            parts = List.copyOf(parts);
        }
    }

    /**
     * Returns the page.
     *
     * @param tool what wrote it
     * @param eyebrow a line above the sentence
     * @param sentence the outcome, which is the page's title too
     * @param warnings what a reader must know; may be empty
     * @param parts in the order in which they stand
     */
    public static String render(String tool, String eyebrow, String sentence, List<String> warnings, List<Part> parts) {
        Html navigation = new Html().raw("<nav>");
        Html body = new Html();
        for (int i = 0; i < parts.size(); i++) {
            link(navigation, "s" + i, parts.get(i).title());
            section(body, "s" + i, "h2", parts.get(i).title(), parts.get(i).markup());
        }
        navigation.raw("</nav>");
        return page(tool, eyebrow, sentence, warnings, navigation.toString(), body.toString());
    }

    /**
     * Returns a page that holds several reports below parts of its own, with one table of contents.
     *
     * @param tool what wrote it
     * @param eyebrow a line above the title
     * @param title the page's title
     * @param warnings what a reader must know of the page as a whole; may be empty
     * @param parts the page's own, in the order in which they stand
     * @param chapters the reports, in the order in which they stand below
     */
    public static String render(
            String tool,
            String eyebrow,
            String title,
            List<String> warnings,
            List<Part> parts,
            List<Chapter> chapters) {
        Html contents = new Html().raw("<nav><details><summary>Contents</summary><ul>");
        Html body = new Html();
        for (int i = 0; i < parts.size(); i++) {
            contents.raw("<li>");
            link(contents, "s" + i, parts.get(i).title());
            contents.raw("</li>");
            section(body, "s" + i, "h2", parts.get(i).title(), parts.get(i).markup());
        }
        for (int i = 0; i < chapters.size(); i++) {
            chapter(contents, body, chapterId(i), chapters.get(i));
        }
        contents.raw("</ul></details></nav>");
        return page(tool, eyebrow, title, warnings, contents.toString(), body.toString());
    }

    /** Returns the identifier of a chapter, from 0, for links within the page. */
    public static String chapterId(int number) {
        return "r" + number;
    }

    private static void chapter(Html contents, Html body, String id, Chapter chapter) {
        contents.raw("<li>");
        link(contents, id, chapter.title());
        contents.raw(" <span>");
        body.raw("<article id=\"" + id + "\">").element("h2", chapter.title());
        body.raw("<p class=\"lead\">").text(chapter.sentence()).raw("</p>");
        warnings(body, chapter.warnings());
        for (int i = 0; i < chapter.parts().size(); i++) {
            Part part = chapter.parts().get(i);
            link(contents, id + "-s" + i, part.title());
            section(body, id + "-s" + i, "h3", part.title(), within(part.markup(), id));
        }
        contents.raw("</span></li>");
        body.raw("<p class=\"note\"><a href=\"#s0\">Back to the top</a></p></article>");
    }

    /**
     * Puts markup one level lower, with identifiers of its own: two reports may hold the same picture. Text cannot be
     * taken for markup here, since its quotes and brackets are escaped.
     */
    private static String within(String markup, String chapter) {
        return markup.replace("<h3>", "<h4>")
                .replace("</h3>", "</h4>")
                .replace(" id=\"", " id=\"" + chapter + "-")
                .replace("=\"url(#", "=\"url(#" + chapter + "-");
    }

    private static void link(Html html, String id, String title) {
        html.raw("<a href=\"#" + id + "\">").text(title).raw("</a>");
    }

    private static void section(Html html, String id, String heading, String title, String markup) {
        html.raw("<section id=\"" + id + "\">")
                .element(heading, title)
                .raw(markup)
                .raw("</section>");
    }

    private static String page(
            String tool, String eyebrow, String sentence, List<String> warnings, String navigation, String body) {
        Html page = new Html();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.raw("<meta name=\"generator\" content=\"").text(tool).raw("\">");
        page.element("title", sentence).raw("<style>").raw(stylesheet()).raw("</style></head><body><main>");
        page.raw("<header><p class=\"eyebrow\">").text(eyebrow).raw("</p>");
        page.element("h1", sentence);
        warnings(page, warnings);
        page.raw(navigation).raw("</header>").raw(body);
        page.raw("<footer>").text("Written by " + tool + ". ").raw("</footer></main></body></html>\n");
        return page.toString();
    }

    private static void warnings(Html page, List<String> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        page.raw("<div class=\"warnings\" role=\"note\"><strong>Read with care</strong><ul>");
        warnings.forEach(warning -> page.element("li", warning));
        page.raw("</ul></div>");
    }

    private static String stylesheet() {
        try (InputStream resource = HtmlPage.class.getResourceAsStream("report.css")) {
            if (resource == null) {
                throw new IllegalStateException("report.css is missing from the program's own files");
            }
            return new String(resource.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
