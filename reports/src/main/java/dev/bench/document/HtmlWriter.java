package dev.bench.document;

import java.util.List;

/** Writes blocks and spans as HTML, on one level of headings. */
final class HtmlWriter {
    private final Markup html;
    private final String heading;
    private final String prefix;

    /**
     * Takes where to write.
     *
     * @param heading the tag of headings
     * @param prefix what identifiers begin with; empty where there is one report on the page
     */
    HtmlWriter(Markup html, String heading, String prefix) {
        this.html = html;
        this.heading = heading;
        this.prefix = prefix;
    }

    void blocks(List<Block> blocks) {
        blocks.forEach(this::block);
    }

    private void block(Block block) {
        if (block instanceof Block.Paragraph paragraph) {
            paragraph(paragraph);
        } else if (block instanceof Block.Statement statement) {
            html.element("p", statement.sentence() + ".", "class", "note");
        } else if (block instanceof Block.Heading title) {
            html.element(heading, title.title());
        } else if (block instanceof Block.Table table) {
            table(table);
        } else if (block instanceof Block.Figure figure) {
            figure(figure);
        } else if (block instanceof Block.Fold fold) {
            html.open("details").element("summary", fold.summary());
            blocks(fold.blocks());
            html.close("details");
        } else if (block instanceof Block.Verbatim verbatim) {
            html.element("pre", verbatim.text());
        } else if (block instanceof Block.Items items) {
            html.open("ul", "class", "summary");
            items.sentences().forEach(sentence -> html.element("li", sentence));
            html.close("ul");
        } else if (block instanceof Block.Glossary glossary) {
            html.open("dl");
            glossary.terms().forEach(term -> html.element("dt", term.word()).element("dd", term.meaning()));
            html.close("dl");
        } else if (block instanceof Block.Attachment file) {
            String address = "data:" + file.type() + ";base64," + file.content();
            html.open("p")
                    .element("a", file.label(), "class", "button", "download", file.name(), "href", address)
                    .close("p");
        } else {
            board((Block.Board) block);
        }
    }

    private void paragraph(Block.Paragraph paragraph) {
        switch (paragraph.role()) {
            case TEXT -> html.open("p");
            case NOTE -> html.open("p", "class", "note");
            case ALARM -> html.open("p", "class", "bad");
        }
        paragraph.spans().forEach(this::span);
        html.close("p");
    }

    private void table(Block.Table table) {
        html.open("div", "class", "scroll").open("table");
        if (!table.caption().isEmpty()) {
            html.element("caption", table.caption());
        }
        html.open("thead").open("tr");
        table.columns().forEach(column -> html.element("th", column.title(), "scope", "col"));
        html.close("tr").close("thead").open("tbody");
        for (List<Span> row : table.rows()) {
            html.open("tr").open("th", "scope", "row");
            span(row.get(0));
            html.close("th");
            for (Span cell : row.subList(1, row.size())) {
                html.open("td");
                span(cell);
                html.close("td");
            }
            html.close("tr");
        }
        html.close("tbody").close("table").close("div");
    }

    private void figure(Block.Figure figure) {
        html.open("figure").open("figcaption");
        html.element(heading, figure.title()).element("p", figure.description());
        html.close("figcaption").picture(figure.picture(), prefix);
        html.open("details").element("summary", "Data");
        table(figure.data());
        html.close("details").close("figure");
    }

    private void board(Block.Board board) {
        html.open("table", "class", "board").open("thead").open("tr");
        html.element("th", board.corner(), "scope", "col");
        board.columns().forEach(column -> html.element("th", column, "scope", "col"));
        html.close("tr").close("thead");
        for (Block.Board.Group group : board.groups()) {
            String width = Integer.toString(board.columns().size() + 1);
            html.open("tbody").open("tr", "class", "question").open("th", "scope", "rowgroup", "colspan", width);
            if (!group.topic().isEmpty()) {
                html.element("span", group.topic(), "class", "topic").text(" ");
            }
            html.text(group.title() + " ")
                    .element("small", group.scale())
                    .close("th")
                    .close("tr");
            group.rows().forEach(this::row);
            html.close("tbody");
        }
        html.close("table");
    }

    private void row(Block.Board.Row row) {
        html.open("tr").open("th", "scope", "row");
        span(row.name());
        html.close("th");
        for (List<Span> answers : row.cells()) {
            html.open("td");
            if (answers.isEmpty()) {
                html.text(Numbers.NONE);
            }
            for (Span answer : answers) {
                html.open("div");
                span(answer);
                html.close("div");
            }
            html.close("td");
        }
        html.close("tr");
    }

    private void span(Span span) {
        if (span instanceof Span.Phrase phrase) {
            phrase.spans().forEach(this::span);
        } else if (span instanceof Span.Strong strong) {
            html.open("strong");
            span(strong.span());
            html.close("strong");
        } else if (span instanceof Span.Link link) {
            html.open("a", "href", link.address());
            span(link.span());
            html.close("a");
        } else if (span instanceof Span.Name name) {
            html.text(name.name());
            if (name.emulated()) {
                html.text(" ").element("span", "emulated", "class", "badge");
            }
        } else if (span instanceof Span.Badge badge) {
            html.element("span", badge.word(), "class", "badge");
        } else if (span instanceof Span.Alarm alarm) {
            html.element("span", alarm.text(), "class", "bad");
        } else if (span instanceof Span.Failures failures && failures.count() > 0) {
            html.element("span", failures.plain(), "class", "bad");
        } else if (span instanceof Span.Wrapped wrapped) {
            html.element("span", wrapped.text(), "class", "wrap");
        } else if (span instanceof Span.Small small) {
            html.element("small", small.text());
        } else if (span instanceof Span.Break) {
            html.open("br");
        } else if (span instanceof Span.Code code) {
            code(code.text());
        } else {
            html.text(span.plain());
        }
    }

    private void code(String text) {
        html.open("code");
        String between = "";
        for (String line : text.split("\n", -1)) {
            if (!between.isEmpty()) {
                html.open(between);
            }
            html.text(line);
            between = "br";
        }
        html.close("code");
    }
}
