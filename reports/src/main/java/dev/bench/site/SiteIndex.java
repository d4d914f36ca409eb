package dev.bench.site;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
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
import org.jspecify.annotations.Nullable;

/**
 * Remembers, in a file of the site, what every page was made from. The next publication reads only the results that are
 * new or changed.
 *
 * <p>The file is a JSON array of rows of text, read without data binding: to bind half a megabyte takes a fresh JVM longer
 * than all else that a publication of one more result does. What many results share is stored once.
 *
 * @param tool version and commit of the tool that wrote the site
 * @param changes where a median changed, by subject
 * @param known every result by name
 */
record SiteIndex(String tool, Map<Run.Subject, List<Trend.Change>> changes, Map<String, Known> known) {
    static final String FILE = "site.json";

    private static final String SCHEMA = "bench-site/1";
    private static final JsonFactory JSON = new JsonFactory();

    private static final String SUBJECT = "subject";
    private static final String CHANGE = "change";
    private static final String FACTS = "facts";
    private static final String RUN = "run";

    /**
     * Is a result as the site knows it.
     *
     * @param stamp changes when a file of the result does
     * @param run its summary
     */
    record Known(String stamp, Run run) {}

    /** Returns the index of a site without anything on it. */
    static SiteIndex none() {
        return new SiteIndex("", Map.of(), Map.of());
    }

    /** Reads the index of a site; one that is missing or damaged counts as empty, so that every page is made anew. */
    static SiteIndex read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return none();
        }
        try {
            return decode(rows(Files.readAllBytes(file)));
        } catch (JsonProcessingException | IllegalArgumentException | IndexOutOfBoundsException e) {
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
        Map<Run.Subject, List<Trend.Change>> changes = new LinkedHashMap<>();
        Map<String, Known> known = new LinkedHashMap<>();
        List<Trend.Change> current = new ArrayList<>();
        for (List<String> row : rows.subList(1, rows.size())) {
            switch (row.get(0)) {
                case SUBJECT -> {
                    Run.Subject subject = subject(row);
                    current = new ArrayList<>();
                    subjects.add(subject);
                    changes.put(subject, current);
                }
                case CHANGE -> current.add(change(row));
                case FACTS -> facts.add(pairs(row));
                case RUN -> known.put(row.get(1), new Known(row.get(2), run(row, subjects, facts)));
                default -> throw new IllegalArgumentException("a row of no known kind");
            }
        }
        return new SiteIndex(rows.get(0).get(1), changes, known);
    }

    private static Run.Subject subject(List<String> row) {
        List<Run.Target> targets = new ArrayList<>();
        for (int i = 6; i < row.size(); i += 4) {
            targets.add(new Run.Target(
                    row.get(i),
                    TargetKind.valueOf(row.get(i + 1)),
                    row.get(i + 2),
                    Boolean.parseBoolean(row.get(i + 3))));
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

    private static Run run(List<String> row, List<Run.Subject> subjects, List<Map<String, String>> facts) {
        List<Run.Value> values = new ArrayList<>();
        for (int i = 8; i < row.size(); i += 8) {
            values.add(new Run.Value(
                    row.get(i),
                    row.get(i + 1),
                    row.get(i + 2),
                    Integer.parseInt(row.get(i + 3)),
                    Integer.parseInt(row.get(i + 4)),
                    number(row.get(i + 5)),
                    number(row.get(i + 6)),
                    number(row.get(i + 7))));
        }
        return new Run(
                row.get(1),
                row.get(3),
                subjects.get(Integer.parseInt(row.get(4))),
                values,
                facts.get(Integer.parseInt(row.get(5))),
                Boolean.parseBoolean(row.get(6)),
                Boolean.parseBoolean(row.get(7)));
    }

    private static @Nullable Double number(String text) {
        return text.isEmpty() ? null : Double.valueOf(text);
    }

    private static String text(@Nullable Double number) {
        return number == null ? "" : number.toString();
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
        changes.forEach((subject, found) -> {
            subjects.put(subject, subjects.size());
            rows.add(row(subject));
            found.forEach(change -> rows.add(row(change)));
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
        known.values()
                .forEach(entry -> rows.add(row(
                        entry,
                        subjects.getOrDefault(entry.run().subject(), 0),
                        facts.getOrDefault(entry.run().facts(), 0))));
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
                        target.name(), target.kind().name(), target.engine(), Boolean.toString(target.emulated()))));
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

    private static List<String> row(Known known, int subject, int facts) {
        Run run = known.run();
        List<String> row = new ArrayList<>(List.of(
                RUN,
                run.name(),
                known.stamp(),
                run.startedAt(),
                Integer.toString(subject),
                Integer.toString(facts),
                Boolean.toString(run.partial()),
                Boolean.toString(run.baseline())));
        for (Run.Value value : run.values()) {
            row.addAll(List.of(
                    value.metric(),
                    value.unit(),
                    value.target(),
                    Integer.toString(value.n()),
                    Integer.toString(value.failures()),
                    text(value.median()),
                    text(value.low()),
                    text(value.high())));
        }
        return row;
    }
}
