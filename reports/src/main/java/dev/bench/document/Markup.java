package dev.bench.document;

import dev.bench.chart.Picture;

/** Writes HTML and XML. Whatever is given is text and is escaped; markup comes of tags alone. */
public final class Markup {
    private final StringBuilder out = new StringBuilder();

    /** Opens an element, with the names of its attributes each before its value. */
    public Markup open(String tag, String... attributes) {
        return begin(tag, attributes).raw(">");
    }

    /** Closes an element. */
    public Markup close(String tag) {
        return raw("</").raw(tag).raw(">");
    }

    /** Adds an element of XML without content. */
    public Markup empty(String tag, String... attributes) {
        return begin(tag, attributes).raw("/>");
    }

    /** Adds text. */
    public Markup text(String text) {
        return raw(escape(text));
    }

    /** Adds an element with text in it. */
    public Markup element(String tag, String text, String... attributes) {
        return open(tag, attributes).text(text).close(tag);
    }

    /** Adds what an XML document begins with. */
    public Markup declaration() {
        return raw("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    }

    /** Adds a plot; the prefix sets its identifiers apart from those of the same plot elsewhere on the page. */
    Markup picture(Picture picture, String prefix) {
        String svg = picture.svg();
        return raw(
                prefix.isEmpty()
                        ? svg
                        : svg.replace(" id=\"", " id=\"" + prefix).replace("=\"url(#", "=\"url(#" + prefix));
    }

    private Markup begin(String tag, String... attributes) {
        raw("<").raw(tag);
        for (int i = 0; i < attributes.length; i += 2) {
            raw(" ").raw(attributes[i]).raw("=\"").text(attributes[i + 1]).raw("\"");
        }
        return this;
    }

    /** Adds what is markup already: the program's own, such as its style sheet. */
    Markup raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Replaces everything that markup gives a meaning to, and control characters. */
    private static String escape(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> escaped.append(c < ' ' && c != '\n' && c != '\t' ? '\ufffd' : c);
            }
        }
        return escaped.toString();
    }

    @Override
    public String toString() {
        return out.toString();
    }
}
