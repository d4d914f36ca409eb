package dev.bench.document;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Renders what of a document has room on a terminal. */
public final class TerminalPage {
    private final int width;
    private final StringBuilder out = new StringBuilder();

    private TerminalPage(int width) {
        this.width = width;
    }

    /**
     * Returns the text, with a line feed at its end.
     *
     * @param width the columns that tables may take
     */
    public static String render(Document document, int width) {
        TerminalPage page = new TerminalPage(width);
        page.out.append(document.title()).append("\n\n");
        document.parts().forEach(part -> page.blocks(part.blocks()));
        return page.out.toString();
    }

    private void blocks(List<Block> blocks) {
        boolean begun = false;
        for (Block block : blocks) {
            if (block.depth() != Depth.GLANCE) {
                continue;
            }
            if (block instanceof Block.Heading heading) {
                out.append(begun ? "\n" : "")
                        .append(PlainText.printable(heading.title() + " (" + heading.definition() + ")"))
                        .append('\n');
            } else if (block instanceof Block.Table table) {
                out.append(TextTable.render(rows(table), width));
            } else if (block instanceof Block.Statement statement) {
                out.append(PlainText.printable(statement.sentence())).append('\n');
            }
            begun = true;
        }
        out.append(begun ? "\n" : "");
    }

    private static List<List<String>> rows(Block.Table table) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(brief(
                table,
                table.columns().stream()
                        .map(column -> Objects.requireNonNullElse(column.brief(), ""))
                        .toList()));
        table.rows()
                .forEach(row ->
                        rows.add(brief(table, row.stream().map(Span::plain).toList())));
        return rows;
    }

    private static List<String> brief(Block.Table table, List<String> cells) {
        List<String> brief = new ArrayList<>();
        for (int i = 0; i < cells.size(); i++) {
            if (table.columns().get(i).brief() != null) {
                brief.add(cells.get(i));
            }
        }
        return brief;
    }
}
