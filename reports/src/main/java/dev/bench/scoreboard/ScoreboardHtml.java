package dev.bench.scoreboard;

import dev.bench.analysis.HostClass;
import dev.bench.claim.ClaimVerdict;
import dev.bench.claim.JudgedClaim;
import dev.bench.document.Block;
import dev.bench.document.Chapter;
import dev.bench.document.Column;
import dev.bench.document.Document;
import dev.bench.document.HtmlPage;
import dev.bench.document.Part;
import dev.bench.document.Span;
import dev.bench.result.Count;
import dev.bench.result.Result;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Renders a scoreboard with every report below it as one HTML file that needs no network and no script. */
final class ScoreboardHtml {
    private final Scoreboard board;

    private ScoreboardHtml(Scoreboard board) {
        this.board = board;
    }

    /**
     * Returns the page.
     *
     * @param warnings what a reader must know
     * @param tool version of the tool that writes
     */
    static String render(Scoreboard board, List<String> warnings, String tool) {
        ScoreboardHtml html = new ScoreboardHtml(board);
        return HtmlPage.render(new Document(
                tool,
                "bench · scoreboard · " + Count.of(board.entries().size(), "scenario") + " · " + board.startedAt(),
                board.title(),
                warnings,
                html.parts(),
                board.entries().stream().map(ScoreboardHtml::chapter).toList(),
                tool));
    }

    private static Chapter chapter(Entry entry) {
        Document report = entry.pieces().document();
        return new Chapter(entry.label(), report.title(), report.warnings(), report.parts());
    }

    private List<Part> parts() {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part("The table", table()));
        parts.add(new Part("Scoreboard", scoreboard()));
        if (!board.claims().isEmpty()) {
            parts.add(new Part("Claims put to the test", List.of(claims())));
        }
        parts.add(new Part("Results", List.of(results())));
        return parts;
    }

    private Block claims() {
        return Block.table(
                Column.texts("claim", "claimed", "measured here", "verdict", "published by"),
                board.claims().stream().map(ScoreboardHtml::claim).toList());
    }

    private static List<Span> claim(ClaimRow row) {
        JudgedClaim judged = row.judged();
        return List.of(
                Span.phrase(
                        link(
                                row.entry(),
                                new Span.Strong(Span.text(judged.claim().name()))),
                        new Span.Break(),
                        new Span.Wrapped(judged.claim().says())),
                new Span.Wrapped(judged.claimed()),
                judged.seen(),
                judged.verdict() == ClaimVerdict.REFUTED
                        ? new Span.Alarm(row.outcome())
                        : new Span.Wrapped(row.outcome()),
                new Span.Wrapped(judged.publisher()));
    }

    private List<Block> table() {
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Board(
                "",
                board.columns().stream().map(Scoreboard::name).toList(),
                board.table().stream()
                        .map(group -> new Block.Board.Group(
                                "",
                                group.row().title(),
                                group.reason().isEmpty() ? group.row().scale() : group.reason(),
                                group.lines().stream().map(ScoreboardHtml::line).toList()))
                        .toList()));
        board.tableNotes().forEach(note -> blocks.add(Block.note(note)));
        return blocks;
    }

    private static Block.Board.Row line(TableLine line) {
        return new Block.Board.Row(
                Span.text(line.words()),
                line.cells().stream().map(ScoreboardHtml::cell).toList());
    }

    private static List<Span> cell(TableCell cell) {
        List<Span> lines = new ArrayList<>(
                cell.figures().stream().map(ScoreboardHtml::figure).toList());
        Stream.of(cell.further(), cell.reason())
                .filter(words -> !words.isEmpty())
                .forEach(words -> lines.add(new Span.Small(words)));
        return lines;
    }

    private static Span figure(TableCell.Shown shown) {
        List<Span> spans = new ArrayList<>(List.of(link(shown.entry(), new Span.Strong(Span.text(shown.words())))));
        if (shown.emulated()) {
            spans.add(Span.text(" "));
            spans.add(new Span.Badge("emulated"));
        }
        if (!shown.name().isEmpty()) {
            spans.add(Span.text(" "));
            spans.add(new Span.Small(shown.name()));
        }
        if (!shown.failures().isEmpty()) {
            spans.add(new Span.Break());
            spans.add(new Span.Alarm(shown.failures()));
        }
        return new Span.Phrase(spans);
    }

    private List<Block> scoreboard() {
        List<Block> blocks = new ArrayList<>();
        List<String> sentences = Summary.of(board);
        if (!sentences.isEmpty()) {
            blocks.add(new Block.Items(sentences));
        }
        blocks.add(new Block.Board(
                "scenario", board.columns().stream().map(Scoreboard::name).toList(), groups()));
        blocks.add(Block.note("Medians; below each the ratio to the scenario's reference with its 95 % interval. Every"
                + " figure leads to the report it comes from."));
        return blocks;
    }

    /** Puts the answers to one question into one group; the topic stands above the first of its questions. */
    private List<Block.Board.Group> groups() {
        List<Block.Board.Group> groups = new ArrayList<>();
        String topic = "";
        List<Row> rows = board.rows();
        int end;
        for (int begin = 0; begin < rows.size(); begin = end) {
            Row first = rows.get(begin);
            end = begin + 1;
            while (end < rows.size() && rows.get(end).question().equals(first.question())) {
                end++;
            }
            groups.add(new Block.Board.Group(
                    first.topic().equals(topic) ? "" : first.topic(),
                    first.question(),
                    first.scale(),
                    rows.subList(begin, end).stream().map(this::row).toList()));
            topic = first.topic();
        }
        return groups;
    }

    private Block.Board.Row row(Row row) {
        List<List<Span>> cells = new ArrayList<>();
        board.columns().forEach(kind -> {
            List<Answer> answers = row.cells(kind);
            cells.add(answers.stream()
                    .map(answer -> cell(row, answer, answers.size() > 1))
                    .toList());
        });
        return new Block.Board.Row(link(row.entry(), Span.text(row.scenario())), cells);
    }

    private static Span cell(Row row, Answer answer, boolean named) {
        List<Span> spans = new ArrayList<>();
        if (named) {
            spans.add(new Span.Small(answer.target()));
            spans.add(Span.text(" "));
        }
        spans.add(link(row.entry(), new Span.Strong(Span.text(answer.figure()))));
        if (answer.emulated()) {
            spans.add(Span.text(" "));
            spans.add(new Span.Badge("emulated"));
        }
        if (!answer.against().isEmpty()) {
            spans.add(new Span.Break());
            spans.add(Span.text(answer.against()));
        }
        answer.notes().forEach(note -> {
            spans.add(new Span.Break());
            spans.add(new Span.Small(note));
        });
        if (!answer.failures().isEmpty()) {
            spans.add(new Span.Break());
            spans.add(new Span.Alarm(answer.failures()));
        }
        return new Span.Phrase(spans);
    }

    private static Span link(int entry, Span span) {
        return new Span.Link("#" + Document.chapterId(entry), span);
    }

    private Block results() {
        List<List<Span>> rows = new ArrayList<>();
        for (int i = 0; i < board.entries().size(); i++) {
            Entry entry = board.entries().get(i);
            Result result = entry.result();
            long failed = entry.analysed().launches().stream()
                    .filter(launch -> !launch.ok())
                    .count();
            rows.add(List.of(
                    link(i, Span.text(entry.label())),
                    Span.text(result.scenario().measure()),
                    new Span.Wrapped(result.workload().image()),
                    new Span.Count(
                            result.plan().sessions() * (long) result.plan().blocks()),
                    new Span.Failures(failed),
                    new Span.Wrapped(HostClass.of(result.host()).words()),
                    new Span.Wrapped(result.id())));
        }
        return Block.table(
                Column.texts("scenario", "measures", "image", "blocks", "failed launches", "host", "result"), rows);
    }
}
