package dev.bench.site;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.bench.analysis.HostClass;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import dev.bench.result.TargetKind;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in a file of the site, what every page was made from. The next publication reads only the results that are
 * new or changed.
 *
 * <p>The file is a JSON array of rows of text, read without data binding: to bind it takes a fresh JVM longer than all
 * else that a publication of one more result does. What many results share is stored once, and the figures of a result are
 * one text, the bits of each in hexadecimal: to read a decimal fraction of 17 digits takes ten times as long.
 *
 * @param tool version and commit of the tool that wrote the site
 * @param trends what is known of each trend, by subject
 * @param known every result by name
 */
record SiteIndex(String tool, Map<Run.Subject, Findings> trends, Map<String, Known> known) {
    static final String FILE = "site.json";

    private static final String SCHEMA = "bench-site/2";
    private static final JsonFactory JSON = new JsonFactory();

    private static final String SUBJECT = "subject";
    private static final String CHANGE = "change";
    private static final String WINDOW = "window";
    private static final String FACTS = "facts";
    private static final String COLUMNS = "columns";
    private static final String RUN = "run";

    private static final int HEXADECIMAL = 16;
    private static final char BETWEEN = ' ';
    private static final String NO_NUMBER = "-";

    /**
     * Holds a result as the site knows it.
     *
     * @param stamp changes when a file of the result does
     * @param run its summary
     */
    record Known(String stamp, Run run) {}

    /**
     * Holds what was found in a trend.
     *
     * @param changes where a median changed, oldest first
     * @param windows what the search for them has seen, for the next one
     */
    record Findings(List<Trend.Change> changes, Map<Long, List<Integer>> windows) {}

    /**
     * Says what a figure is of.
     *
     * @param metric stored name
     * @param unit unit
     * @param target name of the target
     */
    private record Column(String metric, String unit, String target) {}

    /** Returns the index of a site without anything on it. */
    static SiteIndex none() {
        return new SiteIndex("", Map.of(), Map.of());
    }

    /** Reads the index of a site; one that is missing or cannot be read counts as empty: every page is made anew. */
    static SiteIndex read(Path file) {
        if (!Files.isRegularFile(file)) {
            return none();
        }
        try {
            return decode(rows(Files.readAllBytes(file)));
        } catch (IOException | IllegalArgumentException | IndexOutOfBoundsException e) {
            return none();
        }
    }

    private static List<List<String>> rows(byte[] json) throws IOException {
        List<List<String>> rows = new ArrayList<>();
        try (JsonParser parser = JSON.createParser(json)) {
            List<String> row = new ArrayList<>();
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_ARRAY) {
                    row = new ArrayList<>();
                } else if (token == JsonToken.VALUE_STRING) {
                    row.add(parser.getText());
                } else if (token == JsonToken.END_ARRAY && !row.isEmpty()) {
                    rows.add(row);
                    row = new ArrayList<>();
                }
            }
        }
        return rows;
    }

    private static SiteIndex decode(List<List<String>> rows) {
        if (!rows.get(0).get(0).equals(SCHEMA)) {
            return none();
        }
        List<Run.Subject> subjects = new ArrayList<>();
        List<Map<String, String>> facts = new ArrayList<>();
        List<List<Column>> columns = new ArrayList<>();
        Map<Run.Subject, Findings> trends = new LinkedHashMap<>();
        Map<String, Known> known = new LinkedHashMap<>();
        Findings current = new Findings(List.of(), Map.of());
        for (List<String> row : rows.subList(1, rows.size())) {
            switch (row.get(0)) {
                case SUBJECT -> {
                    Run.Subject subject = subject(row);
                    current = new Findings(new ArrayList<>(), new LinkedHashMap<>());
                    subjects.add(subject);
                    trends.put(subject, current);
                }
                case CHANGE -> current.changes().add(change(row));
                case WINDOW ->
                    current.windows()
                            .put(
                                    Long.parseUnsignedLong(row.get(1), HEXADECIMAL),
                                    row.subList(2, row.size()).stream()
                                            .map(Integer::valueOf)
                                            .toList());
                case FACTS -> facts.add(pairs(row));
                case COLUMNS -> columns.add(columns(row));
                case RUN -> known.put(row.get(1), new Known(row.get(2), run(row, subjects, facts, columns)));
                default -> throw new IllegalArgumentException("a row of no known kind");
            }
        }
        return new SiteIndex(rows.get(0).get(1), trends, known);
    }

    private static Run.Subject subject(List<String> row) {
        List<Run.Target> targets = new ArrayList<>();
        for (int i = 6; i < row.size(); i += 4) {
            targets.add(new Run.Target(
                    row.get(i), TargetKind.of(row.get(i + 1)), row.get(i + 2), Boolean.parseBoolean(row.get(i + 3))));
        }
        return new Run.Subject(row.get(1), row.get(2), new HostClass(row.get(3), row.get(4), row.get(5)), targets);
    }

    private static Trend.Change change(List<String> row) {
        return new Trend.Change(
                row.get(1),
                row.get(2),
                row.get(3),
                row.get(4),
                row.get(5),
                Double.parseDouble(row.get(6)),
                Double.parseDouble(row.get(7)),
                row.subList(8, row.size()));
    }

    private static Map<String, String> pairs(List<String> row) {
        Map<String, String> pairs = new LinkedHashMap<>();
        for (int i = 1; i < row.size(); i += 2) {
            pairs.put(row.get(i), row.get(i + 1));
        }
        return pairs;
    }

    private static List<Column> columns(List<String> row) {
        List<Column> columns = new ArrayList<>();
        for (int i = 1; i < row.size(); i += 3) {
            columns.add(new Column(row.get(i), row.get(i + 1), row.get(i + 2)));
        }
        return columns;
    }

    private static Run run(
            List<String> row, List<Run.Subject> subjects, List<Map<String, String>> facts, List<List<Column>> columns) {
        return new Run(
                row.get(1),
                row.get(3),
                subjects.get(Integer.parseInt(row.get(4))),
                values(columns.get(Integer.parseInt(row.get(6))), row.get(9)),
                facts.get(Integer.parseInt(row.get(5))),
                Boolean.parseBoolean(row.get(7)),
                Boolean.parseBoolean(row.get(8)));
    }

    private static List<Run.Value> values(List<Column> columns, String figures) {
        Figures next = new Figures(figures);
        List<Run.Value> values = new ArrayList<>(columns.size());
        for (Column column : columns) {
            values.add(new Run.Value(
                    column.metric(),
                    column.unit(),
                    column.target(),
                    next.count(),
                    next.count(),
                    next.number(),
                    next.number(),
                    next.number()));
        }
        return values;
    }

    /** Reads the figures of a result one by one. */
    private static final class Figures {
        private final String text;
        private int place;

        Figures(String text) {
            this.text = text;
        }

        int count() {
            return Integer.parseInt(next());
        }

        @Nullable
        Double number() {
            String figure = next();
            return figure.equals(NO_NUMBER)
                    ? null
                    : Double.longBitsToDouble(Long.parseUnsignedLong(figure, HEXADECIMAL));
        }

        private String next() {
            int end = text.indexOf(BETWEEN, place);
            String figure = text.substring(place, end);
            place = end + 1;
            return figure;
        }
    }

    private static void append(StringBuilder figures, @Nullable Double number) {
        figures.append(number == null ? NO_NUMBER : Long.toHexString(Double.doubleToLongBits(number)))
                .append(BETWEEN);
    }

    /** Returns the content of the file. */
    byte[] bytes() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (JsonGenerator json = JSON.createGenerator(bytes)) {
            json.writeStartArray();
            for (List<String> row : encode()) {
                json.writeRaw('\n');
                json.writeStartArray();
                for (String cell : row) {
                    json.writeString(cell);
                }
                json.writeEndArray();
            }
            json.writeEndArray();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private List<List<String>> encode() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(SCHEMA, tool));
        Map<Run.Subject, Integer> subjects = new LinkedHashMap<>();
        trends.forEach((subject, found) -> {
            subjects.put(subject, subjects.size());
            rows.add(row(subject));
            found.changes().forEach(change -> rows.add(row(change)));
            // In one order, so that what has not changed is not written again.
            new TreeMap<>(found.windows()).forEach((key, places) -> rows.add(row(key, places)));
        });
        Map<Map<String, String>, Integer> facts = new LinkedHashMap<>();
        for (Known entry : known.values()) {
            Map<String, String> set = entry.run().facts();
            if (!facts.containsKey(set)) {
                facts.put(set, facts.size());
                List<String> row = new ArrayList<>(List.of(FACTS));
                set.forEach((name, value) -> row.addAll(List.of(name, value)));
                rows.add(row);
            }
        }
        Map<List<String>, Integer> columns = new LinkedHashMap<>();
        for (Known entry : known.values()) {
            Run run = entry.run();
            List<String> heads = columns(run);
            Integer number = columns.putIfAbsent(heads, columns.size());
            if (number == null) {
                number = columns.size() - 1;
                rows.add(heads);
            }
            rows.add(row(entry, subjects.getOrDefault(run.subject(), 0), facts.getOrDefault(run.facts(), 0), number));
        }
        return rows;
    }

    private static List<String> row(Run.Subject subject) {
        List<String> row = new ArrayList<>(List.of(
                SUBJECT,
                subject.scenario(),
                subject.measure(),
                subject.host().processor(),
                subject.host().topology(),
                subject.host().memory()));
        subject.targets()
                .forEach(target -> row.addAll(List.of(
                        target.name(), target.kind().label(), target.driver(), Boolean.toString(target.emulated()))));
        return row;
    }

    private static List<String> row(Trend.Change change) {
        List<String> row = new ArrayList<>(List.of(
                CHANGE,
                change.metric(),
                change.unit(),
                change.target(),
                change.run(),
                change.startedAt(),
                Double.toString(change.before()),
                Double.toString(change.after())));
        row.addAll(change.differences());
        return row;
    }

    private static List<String> row(long window, List<Integer> places) {
        List<String> row = new ArrayList<>(List.of(WINDOW, Long.toHexString(window)));
        places.forEach(place -> row.add(Integer.toString(place)));
        return row;
    }

    private static List<String> columns(Run run) {
        List<String> row = new ArrayList<>(List.of(COLUMNS));
        run.values().forEach(value -> row.addAll(List.of(value.metric(), value.unit(), value.target())));
        return row;
    }

    private static List<String> row(Known known, int subject, int facts, int columns) {
        Run run = known.run();
        StringBuilder figures = new StringBuilder();
        for (Run.Value value : run.values()) {
            figures.append(value.n()).append(BETWEEN).append(value.failures()).append(BETWEEN);
            append(figures, value.median());
            append(figures, value.low());
            append(figures, value.high());
        }
        return List.of(
                RUN,
                run.name(),
                known.stamp(),
                run.startedAt(),
                Integer.toString(subject),
                Integer.toString(facts),
                Integer.toString(columns),
                Boolean.toString(run.partial()),
                Boolean.toString(run.baseline()),
                figures.toString());
    }
}
