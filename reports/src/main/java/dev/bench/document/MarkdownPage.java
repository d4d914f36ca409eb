package dev.bench.document;

import java.util.List;
import java.util.Objects;
import java.util.function.Function;

/** Renders what of a document has room in a comment on a pull request. */
public final class MarkdownPage {
    private final Document document;
    private final StringBuilder out = new StringBuilder();

    private MarkdownPage(Document document) {
        this.document = document;
    }

    /** Returns the Markdown, with a line feed at its end; the figures of the first part come before the warnings. */
    public static String render(Document document) {
        return new MarkdownPage(document).whole();
    }

    private String whole() {
        out.append("### ").append(Markdown.escape(document.title())).append("\n\n");
        List<Part> parts = document.parts();
        parts.stream().limit(1).forEach(part -> part.blocks().forEach(this::block));
        document.warnings()
                .forEach(warning ->
                        out.append("> ").append(Markdown.escape(warning)).append("\n>\n"));
        parts.stream().skip(1).forEach(part -> part.blocks().forEach(this::block));
        return out.append("\n<sub>")
                .append(Markdown.escape(document.origin()))
                .append("</sub>\n")
                .toString();
    }

    private void block(Block block) {
        if (block.depth() == Depth.FULL) {
            return;
        }
        if (block instanceof Block.Heading heading) {
            out.append("**")
                    .append(Markdown.escape(heading.title()))
                    .append("**, ")
                    .append(Markdown.escape(heading.definition()))
                    .append("\n\n");
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Statement statement && !statement.warned()) {
            out.append(Markdown.escape(statement.sentence())).append("\n\n");
        }
    }

    private void table(Block.Table table) {
        boolean folded = !table.summary().isEmpty();
        if (folded) {
            out.append("\n<details><summary>")
                    .append(Markdown.escape(table.summary()))
                    .append("</summary>\n\n");
        }
        List<Column> columns = table.columns();
        row(columns, i -> {
            String title = Objects.requireNonNullElse(columns.get(i).brief(), "");
            return title.isEmpty() ? " " : " " + Markdown.escape(title) + " ";
        });
        row(columns, i -> columns.get(i).numeric() ? "---:" : "---");
        table.rows()
                .forEach(row ->
                        row(columns, i -> " " + Markdown.escape(row.get(i).plain()) + " "));
        out.append(folded ? "\n</details>\n" : "\n");
    }

    private void row(List<Column> columns, Function<Integer, String> cell) {
        out.append('|');
        for (int i = 0; i < columns.size(); i++) {
            if (columns.get(i).brief() != null) {
                out.append(cell.apply(i)).append('|');
            }
        }
        out.append('\n');
    }
}
