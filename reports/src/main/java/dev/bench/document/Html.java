package dev.bench.document;

import java.util.List;

/** Writes HTML. Everything that is not markup goes through {@link #text} or {@link #escape}. */
public final class Html {
    private final StringBuilder out = new StringBuilder();

    /** Adds markup as it is. */
    public Html raw(String markup) {
        out.append(markup);
        return this;
    }

    /** Adds text, escaped. */
    public Html text(String text) {
        out.append(escape(text));
        return this;
    }

    /** Adds an element with text in it. */
    public Html element(String tag, String text) {
        return raw("<" + tag + ">").text(text).raw("</" + tag + ">");
    }

    /** Adds a table; cells are markup already. */
    public Html table(String caption, List<String> head, List<List<String>> rows) {
        raw("<div class=\"scroll\"><table>");
        if (!caption.isEmpty()) {
            element("caption", caption);
        }
        raw("<thead><tr>");
        head.forEach(cell -> raw("<th scope=\"col\">").text(cell).raw("</th>"));
        raw("</tr></thead><tbody>");
        for (List<String> row : rows) {
            raw("<tr>");
            for (int i = 0; i < row.size(); i++) {
                raw(i == 0 ? "<th scope=\"row\">" : "<td>").raw(row.get(i)).raw(i == 0 ? "</th>" : "</td>");
            }
            raw("</tr>");
        }
        return raw("</tbody></table></div>");
    }

    /** Adds a plot with its title, a sentence on how to read it, and its data behind a fold. */
    public Html figure(String title, String description, String svg, List<String> head, List<List<String>> rows) {
        raw("<figure><figcaption>")
                .element("h3", title)
                .element("p", description)
                .raw("</figcaption>");
        raw(svg).raw("<details><summary>Data</summary>").table("", head, rows);
        return raw("</details></figure>");
    }

    /** Returns text with everything escaped that markup gives a meaning to; control characters are replaced. */
    public static String escape(String text) {
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
