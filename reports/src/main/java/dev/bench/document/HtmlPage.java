package dev.bench.document;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Renders a document as one HTML file that needs no network and no script. */
public final class HtmlPage {
    private final Document document;
    private final Markup contents = new Markup();
    private final Markup body = new Markup();

    private HtmlPage(Document document) {
        this.document = document;
    }

    /** Returns the page; one with chapters has one table of contents, folded. */
    public static String render(Document document) {
        HtmlPage page = new HtmlPage(document);
        if (document.chapters().isEmpty()) {
            page.parts();
        } else {
            page.partsAndChapters();
        }
        return page.whole();
    }

    private void parts() {
        List<Part> parts = document.parts();
        contents.open("nav");
        for (int i = 0; i < parts.size(); i++) {
            link("s" + i, parts.get(i).title());
            section("s" + i, parts.get(i), "h2", "h3", "");
        }
        contents.close("nav");
    }

    private void partsAndChapters() {
        List<Part> parts = document.parts();
        contents.open("nav").open("details").element("summary", "Contents").open("ul");
        for (int i = 0; i < parts.size(); i++) {
            contents.open("li");
            link("s" + i, parts.get(i).title());
            contents.close("li");
            section("s" + i, parts.get(i), "h2", "h3", "");
        }
        for (int i = 0; i < document.chapters().size(); i++) {
            chapter(Document.chapterId(i), document.chapters().get(i));
        }
        contents.close("ul").close("details").close("nav");
    }

    /** Puts a report one level lower, with identifiers of its own: two reports may hold the same picture. */
    private void chapter(String id, Chapter chapter) {
        contents.open("li");
        link(id, chapter.title());
        contents.text(" ").open("span");
        body.open("article", "id", id).element("h2", chapter.title());
        body.element("p", chapter.sentence(), "class", "lead");
        warnings(body, chapter.warnings());
        for (int i = 0; i < chapter.parts().size(); i++) {
            Part part = chapter.parts().get(i);
            link(id + "-s" + i, part.title());
            section(id + "-s" + i, part, "h3", "h4", id + "-");
        }
        contents.close("span").close("li");
        body.open("p", "class", "note").element("a", "Back to the top", "href", "#s0");
        body.close("p").close("article");
    }

    private void link(String id, String title) {
        contents.element("a", title, "href", "#" + id);
    }

    private void section(String id, Part part, String heading, String below, String prefix) {
        body.open("section", "id", id).element(heading, part.title());
        new HtmlWriter(body, below, prefix).blocks(part.blocks());
        body.close("section");
    }

    private String whole() {
        Markup page = new Markup();
        page.raw("<!DOCTYPE html>\n").open("html", "lang", "en").open("head").open("meta", "charset", "utf-8");
        page.open("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
        page.open("meta", "name", "generator", "content", document.tool());
        page.element("title", document.title());
        page.open("style").raw(stylesheet()).close("style").close("head");
        page.open("body").open("main").open("header").element("p", document.eyebrow(), "class", "eyebrow");
        page.element("h1", document.title());
        warnings(page, document.warnings());
        page.raw(contents.toString()).close("header").raw(body.toString());
        page.element("footer", "Written by " + document.tool() + ". ");
        return page.close("main").close("body").close("html").raw("\n").toString();
    }

    private static void warnings(Markup page, List<String> warnings) {
        if (warnings.isEmpty()) {
            return;
        }
        page.open("div", "class", "warnings", "role", "note").element("strong", "Read with care");
        page.open("ul");
        warnings.forEach(warning -> page.element("li", warning));
        page.close("ul").close("div");
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
