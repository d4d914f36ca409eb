package dev.bench.report;

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
     * Returns the page.
     *
     * @param tool what wrote it
     * @param eyebrow a line above the sentence
     * @param sentence the outcome, which is the page's title too
     * @param warnings what a reader must know; may be empty
     * @param parts in the order in which they stand
     */
    public static String render(String tool, String eyebrow, String sentence, List<String> warnings, List<Part> parts) {
        Html body = new Html();
        Html navigation = new Html();
        int number = 0;
        for (Part part : parts) {
            String id = "s" + number++;
            navigation.raw("<a href=\"#" + id + "\">").text(part.title()).raw("</a>");
            body.raw("<section id=\"" + id + "\">").element("h2", part.title());
            body.raw(part.markup()).raw("</section>");
        }
        Html page = new Html();
        page.raw("<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">");
        page.raw("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        page.raw("<meta name=\"generator\" content=\"").text(tool).raw("\">");
        page.element("title", sentence).raw("<style>").raw(stylesheet()).raw("</style></head><body><main>");
        page.raw("<header><p class=\"eyebrow\">").text(eyebrow).raw("</p>");
        page.element("h1", sentence);
        warnings(page, warnings);
        page.raw("<nav>").raw(navigation.toString()).raw("</nav></header>");
        page.raw(body.toString());
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
