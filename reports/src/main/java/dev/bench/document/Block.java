package dev.bench.document;

import dev.bench.chart.Picture;
import java.util.Arrays;
import java.util.List;

/** Says a part of a document that stands by itself, in text and figures and never in markup. */
public sealed interface Block {
    /** Says where there is room for it. */
    default Depth depth() {
        return Depth.FULL;
    }

    /** Says what a paragraph is to the text. */
    enum Role {
        /** Part of it. */
        TEXT,
        /** Beside it. */
        NOTE,
        /** A fault. */
        ALARM
    }

    /** Sets spans in a paragraph. */
    record Paragraph(Role role, List<Span> spans) implements Block {
        public Paragraph {
            spans = List.copyOf(spans);
        }
    }

    /**
     * Says one sentence.
     *
     * @param sentence the sentence without its full stop, which it needs among paragraphs only
     * @param warned whether it is one of the document's warnings too, so that a comment need not say it again
     * @param depth where there is room for it
     */
    record Statement(String sentence, boolean warned, Depth depth) implements Block {}

    /**
     * Heads what follows.
     *
     * @param title the heading
     * @param definition what it is, where there is no room for a paragraph below
     * @param depth where there is room for it
     */
    record Heading(String title, String definition, Depth depth) implements Block {}

    /**
     * Sets cells in a table whose first column names its rows.
     *
     * @param caption what stands above it on a page; may be empty
     * @param summary what it is folded under in a comment; empty where it is not folded
     * @param columns the heads
     * @param rows the cells, as many as columns
     * @param depth where there is room for it
     */
    record Table(String caption, String summary, List<Column> columns, List<List<Span>> rows, Depth depth)
            implements Block {
        public Table {
            columns = List.copyOf(columns);
            rows = rows.stream().map(List::copyOf).toList();
        }
    }

    /**
     * Shows a plot.
     *
     * @param title its title
     * @param description how to read it
     * @param picture the plot
     * @param data what is drawn, in figures
     */
    record Figure(String title, String description, Picture picture, Table data) implements Block {}

    /** Folds blocks under a line. */
    record Fold(String summary, List<Block> blocks) implements Block {
        public Fold {
            blocks = List.copyOf(blocks);
        }
    }

    /** Quotes text whose spaces and line ends count. */
    record Verbatim(String text) implements Block {}

    /** Lists sentences that sum up what follows. */
    record Items(List<String> sentences) implements Block {
        public Items {
            sentences = List.copyOf(sentences);
        }
    }

    /** Explains words. */
    record Glossary(List<Term> terms) implements Block {
        public Glossary {
            terms = List.copyOf(terms);
        }
    }

    /**
     * Carries a file within the page.
     *
     * @param name its name
     * @param type its media type
     * @param content its content in base 64
     * @param label what the link says
     */
    record Attachment(String name, String type, String content, String label) implements Block {}

    /**
     * Sets answers in groups of rows, each below a question.
     *
     * @param corner heads the names of rows
     * @param columns heads of the other columns
     * @param groups the groups
     */
    record Board(String corner, List<String> columns, List<Group> groups) implements Block {
        public Board {
            columns = List.copyOf(columns);
            groups = List.copyOf(groups);
        }

        /**
         * Holds the rows below one question.
         *
         * @param topic what this and other groups have in common; empty where the group before says it
         * @param title the question
         * @param scale unit and what is better, in words
         * @param rows the rows
         */
        public record Group(String topic, String title, String scale, List<Row> rows) {
            public Group {
                rows = List.copyOf(rows);
            }
        }

        /**
         * Holds the answers in one row.
         *
         * @param name its name
         * @param cells as many as columns, each with an answer a line
         */
        public record Row(Span name, List<List<Span>> cells) {
            public Row {
                cells = cells.stream().map(List::copyOf).toList();
            }
        }
    }

    /** Returns a paragraph of the text. */
    static Block text(String text) {
        return new Paragraph(Role.TEXT, List.of(Span.text(text)));
    }

    /** Returns a paragraph of the text. */
    static Block text(Span... spans) {
        return new Paragraph(Role.TEXT, Arrays.asList(spans));
    }

    /** Returns a paragraph beside the text. */
    static Block note(String text) {
        return new Paragraph(Role.NOTE, List.of(Span.text(text)));
    }

    /** Returns a paragraph beside the text. */
    static Block note(Span... spans) {
        return new Paragraph(Role.NOTE, Arrays.asList(spans));
    }

    /** Returns a heading of a page. */
    static Block heading(String title) {
        return new Heading(title, "", Depth.FULL);
    }

    /** Returns a table of a page. */
    static Table table(String caption, List<Column> columns, List<List<Span>> rows) {
        return new Table(caption, "", columns, rows, Depth.FULL);
    }

    /** Returns a table of a page without a caption. */
    static Table table(List<Column> columns, List<List<Span>> rows) {
        return table("", columns, rows);
    }
}
