package dev.bench.scenario;

import dev.bench.grammar.Form;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Spelling;
import dev.bench.target.TargetDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** Says in words what {@link ScenarioReader} accepts, from the same declarations, key by key. */
public final class ScenarioReference {
    /** Stands for a name that the file chooses. */
    private static final String NAME = "NAME";

    private final List<Entry> entries = new ArrayList<>();

    /**
     * Says what one key is.
     *
     * @param path the key with those above it, joined by dots
     * @param required whether it must be given where what is above it is
     * @param accepted what is accepted
     * @param description what it means, with its default; may be empty
     */
    public record Entry(String path, boolean required, String accepted, String description) {}

    /** Makes the reference for scenarios with targets of these drivers. */
    public ScenarioReference(List<TargetDriver> drivers) {
        add("", new ScenarioKeys(ScenarioReader.sorted(drivers)).all());
    }

    private void add(String above, Keys keys) {
        for (Key<?> key : keys.all()) {
            String path = above + key.name();
            Form<?> form = key.form();
            entries.add(new Entry(path, keys.requires(key), form.accepted(), key.description()));
            if (!key.isDeprecated()) {
                add(path + (form.isNamed() ? "." + NAME + "." : "."), form.keys());
            }
        }
    }

    /** Returns every key, those of a mapping after it. */
    public List<Entry> all() {
        return List.copyOf(entries);
    }

    /**
     * Returns a key and those below it; every key of that name where it is given without those above it.
     *
     * @throws IllegalArgumentException where there is none, with what may have been meant
     */
    public List<Entry> find(String key) {
        List<String> roots =
                entries.stream().map(Entry::path).filter(key::equals).toList();
        if (roots.isEmpty()) {
            roots = entries.stream()
                    .map(Entry::path)
                    .filter(path -> path.endsWith("." + key))
                    .toList();
        }
        List<String> found = roots;
        if (found.isEmpty()) {
            throw new IllegalArgumentException("no key is called '" + key + "'" + Spelling.question(key, names()));
        }
        return entries.stream()
                .filter(entry -> found.stream()
                        .anyMatch(root ->
                                entry.path().equals(root) || entry.path().startsWith(root + ".")))
                .toList();
    }

    private List<String> names() {
        return entries.stream()
                .map(Entry::path)
                .flatMap(path -> Stream.of(path, path.substring(path.lastIndexOf('.') + 1)))
                .distinct()
                .toList();
    }

    /** Returns entries as text: a key a line, and below it, indented, what is accepted and what it means. */
    public static String text(List<Entry> entries) {
        StringBuilder text = new StringBuilder();
        for (Entry entry : entries) {
            text.append(entry.path()).append(entry.required() ? " (required)\n" : "\n");
            text.append("    ").append(entry.accepted()).append('\n');
            if (!entry.description().isEmpty()) {
                text.append("    ").append(entry.description()).append('\n');
            }
        }
        return text.toString();
    }
}
