package dev.bench.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Remembers, in a file of the site, what every page was made from. The next publication reads only the results that are
 * new or changed. What many results share is stored once.
 *
 * @param schema always {@link #SCHEMA}
 * @param tool version and commit of the tool that wrote the site
 * @param subjects what was measured on what, with the changes found
 * @param facts sets of facts
 * @param runs every result
 */
record SiteIndex(
        String schema, String tool, List<Line> subjects, List<Map<String, String>> facts, List<StoredRun> runs) {
    static final String FILE = "site.json";

    private static final String SCHEMA = "bench-site/1";
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Is a subject with the changes in its trend.
     *
     * @param subject what was measured on what
     * @param changes where a median changed
     */
    record Line(Run.Subject subject, List<Trend.Change> changes) {}

    /**
     * Is a result with a mark of the files it was read from.
     *
     * @param name its path below the folder of results
     * @param stamp changes when a file of the result does
     * @param startedAt wall-clock start
     * @param subject place in the list of subjects
     * @param facts place in the list of sets of facts
     * @param values its figures
     * @param partial whether the run ended early
     * @param baseline whether it is marked to be kept
     */
    record StoredRun(
            String name,
            String stamp,
            String startedAt,
            int subject,
            int facts,
            List<Run.Value> values,
            boolean partial,
            boolean baseline) {}

    /**
     * Is a result as the site knows it.
     *
     * @param stamp changes when a file of the result does
     * @param run its summary
     */
    record Known(String stamp, Run run) {}

    /** Holds the results and trends of a site; made from the runs, oldest first. */
    static SiteIndex of(String tool, List<Known> known, List<Trend> trends) {
        Map<Run.Subject, Integer> subjects = new LinkedHashMap<>();
        List<Line> lines = new ArrayList<>();
        for (Trend trend : trends) {
            subjects.put(trend.subject(), lines.size());
            lines.add(new Line(trend.subject(), trend.changes()));
        }
        Map<Map<String, String>, Integer> facts = new LinkedHashMap<>();
        List<StoredRun> runs = new ArrayList<>();
        for (Known entry : known) {
            Run run = entry.run();
            Integer place = facts.get(run.facts());
            if (place == null) {
                place = facts.size();
                facts.put(run.facts(), place);
            }
            runs.add(new StoredRun(
                    run.name(),
                    entry.stamp(),
                    run.startedAt(),
                    subjects.getOrDefault(run.subject(), 0),
                    place,
                    run.values(),
                    run.partial(),
                    run.baseline()));
        }
        return new SiteIndex(SCHEMA, tool, lines, List.copyOf(facts.keySet()), runs);
    }

    /** Returns the index of a site without anything on it. */
    static SiteIndex none() {
        return new SiteIndex(SCHEMA, "", List.of(), List.of(), List.of());
    }

    /** Reads the index of a site; one that is missing or damaged counts as empty, so that every page is made anew. */
    static SiteIndex read(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return none();
        }
        try {
            SiteIndex index = JSON.readValue(Files.readAllBytes(file), SiteIndex.class);
            index.known();
            return SCHEMA.equals(index.schema()) ? index : none();
        } catch (JsonProcessingException | IndexOutOfBoundsException | NullPointerException e) {
            return none();
        }
    }

    byte[] bytes() {
        try {
            return JSON.writeValueAsBytes(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the results by name, in stored order. */
    Map<String, Known> known() {
        Map<String, Known> known = new LinkedHashMap<>();
        for (StoredRun run : runs) {
            known.put(
                    run.name(),
                    new Known(
                            run.stamp(),
                            new Run(
                                    run.name(),
                                    run.startedAt(),
                                    subjects.get(run.subject()).subject(),
                                    run.values(),
                                    facts.get(run.facts()),
                                    run.partial(),
                                    run.baseline())));
        }
        return known;
    }

    /** Returns the changes by subject. */
    Map<Run.Subject, List<Trend.Change>> changes() {
        Map<Run.Subject, List<Trend.Change>> changes = new LinkedHashMap<>();
        subjects.forEach(line -> changes.put(line.subject(), line.changes()));
        return changes;
    }
}
