package dev.bench.grammar;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Reads one mapping of the file: every value is asked for by key and form, and what is wrong is noted at its place while
 * the reading goes on with a stand-in, so that one pass finds every fault.
 */
public final class YamlMap {
    /** A small file can name one collection again and again, and take the memory of a large one. */
    private static final int MOST_ALIASES = 20;

    private static final String NUL = "holds the character NUL, which no program can be given; remove it";

    private final List<Problem> problems;
    private final String path;
    private final Node node;
    private final Map<String, Node> values = new LinkedHashMap<>();
    private final Map<String, Node> keys = new LinkedHashMap<>();

    /**
     * Reads a node.
     *
     * @param path dotted path of the mapping in its file; empty for the file as a whole
     * @param problems where faults are noted
     */
    private YamlMap(Node node, String path, List<Problem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
        if (node instanceof MappingNode mapping) {
            read(mapping, false, new ArrayList<>());
        } else if (!isNull(node)) {
            problems.add(at(node, path, "must be a mapping of keys to values, found " + form(node)));
        }
    }

    /**
     * Reads a text.
     *
     * @param problems where faults are noted, also those that make it no YAML
     * @return the mapping, an empty one where there is none
     */
    public static YamlMap of(String text, List<Problem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        Node root = YamlText.compose(text, options, "is empty; give name, workload and targets", problems)
                .orElseGet(() -> new MappingNode(Tag.MAP, List.of(), DumperOptions.FlowStyle.FLOW));
        return new YamlMap(root, "", problems);
    }

    /** Reads values, each a text or a mapping of texts, as if they had been written. */
    public static YamlMap of(Map<String, Object> values, List<Problem> problems) {
        return of(new Yaml().dump(values), problems);
    }

    /**
     * Takes over the keys of a mapping, then those of the mappings it merges where it has none of its own (YAML's merge
     * key, https://yaml.org/type/merge.html). What is wrong with a merged value is noted where it is written.
     *
     * @param merged whether the mapping is merged into this one, so that keys that are there already stay
     * @param outer the mappings that are being read
     */
    private void read(MappingNode mapping, boolean merged, List<MappingNode> outer) {
        List<MappingNode> within = new ArrayList<>(outer);
        within.add(mapping);
        List<Node> merges = new ArrayList<>();
        Set<String> own = new LinkedHashSet<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                merges.add(tuple.getValueNode());
            } else if (tuple.getKeyNode() instanceof ScalarNode scalar) {
                own(scalar, tuple.getValueNode(), merged, own);
            } else {
                problem(tuple.getKeyNode(), "?", "must be text, found " + form(tuple.getKeyNode()) + " for a key");
            }
        }
        for (Node merge : merges) {
            List<Node> parts = merge instanceof SequenceNode sequence ? sequence.getValue() : List.of(merge);
            for (Node part : parts) {
                merge(part, within);
            }
        }
    }

    private void own(ScalarNode place, Node value, boolean merged, Set<String> own) {
        String key = place.getValue();
        if (!own.add(key)) {
            problem(place, key, "is written twice; keep one");
        }
        if (hasNul(key)) {
            problem(place, printable(key), NUL);
        }
        if (!merged || !values.containsKey(key)) {
            values.put(key, value);
            keys.put(key, place);
        }
    }

    private void merge(Node part, List<MappingNode> within) {
        if (!(part instanceof MappingNode mapping)) {
            problem(part, "<<", "must be a mapping or a list of mappings, found " + form(part));
        } else if (within.stream().anyMatch(outer -> outer == mapping)) {
            problem(part, "<<", "merges a mapping into itself; remove it");
        } else {
            read(mapping, true, within);
        }
    }

    private static boolean hasNul(String text) {
        return text.indexOf('\0') >= 0;
    }

    private static String printable(String text) {
        return text.replace('\0', '?');
    }

    private static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    private static String form(Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue().isEmpty() ? "nothing" : "'" + scalar.getValue() + "'";
        }
        return node instanceof SequenceNode ? "a list" : "a mapping";
    }

    private static Problem at(Node node, String key, String message) {
        return new Problem(
                node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, key, message);
    }

    private String pathOf(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private void problem(Node place, String key, String message) {
        problems.add(at(place, pathOf(key), message));
    }

    /** Notes a fault at a key's value, or at the mapping where the key is missing. */
    public void reject(String key, String message) {
        problem(values.getOrDefault(key, node), key, message);
    }

    /** Notes a fault at a key itself. */
    public void rejectKey(String key, String message) {
        problem(keys.getOrDefault(key, node), key, message);
    }

    /** Forgets the keys that begin so. */
    public void ignore(String prefix) {
        values.keySet().removeIf(key -> key.startsWith(prefix));
        keys.keySet().removeIf(key -> key.startsWith(prefix));
    }

    /** Returns the keys that are written, in the order of the file. */
    public Set<String> keys() {
        return new LinkedHashSet<>(values.keySet());
    }

    /** Returns whether a key is written with something behind it. */
    public boolean has(String key) {
        return values.containsKey(key) && !isNull(values.get(key));
    }

    /**
     * Notes every key that is not among the accepted ones, with the nearest of them.
     *
     * @param former names that are read too, and not recommended
     */
    void accept(List<String> accepted, List<String> former) {
        keys.forEach((key, place) -> {
            if (!accepted.contains(key) && !former.contains(key)) {
                problem(
                        place,
                        key,
                        "is not known here"
                                + Spelling.stop(key, accepted)
                                + " Accepted: " + String.join(", ", accepted));
            }
        });
    }

    /** Returns the mapping behind a key; an empty one, at this place, where there is none. */
    public YamlMap map(String key) {
        Node value = values.get(key);
        return new YamlMap(
                value == null
                        ? new ScalarNode(
                                Tag.NULL, "", node.getStartMark(), node.getEndMark(), DumperOptions.ScalarStyle.PLAIN)
                        : value,
                pathOf(key),
                problems);
    }

    /**
     * Returns the one of several keys of the mapping behind a key that is given, and notes where it is not one.
     *
     * @param given those of the names that are given
     * @param noun what a name stands for
     */
    public Optional<String> one(String key, List<String> given, List<String> names, String noun) {
        if (given.size() == 1) {
            return Optional.of(given.get(0));
        }
        reject(
                key,
                given.isEmpty()
                        ? "names no " + noun + "; give one of " + String.join(", ", names)
                        : "names " + String.join(" and ", given) + "; keep one");
        return Optional.empty();
    }

    /** Returns whether a value is a mapping. */
    public boolean isMap(String key) {
        return values.get(key) instanceof MappingNode;
    }

    /** Returns whether a value is a list. */
    public boolean isList(String key) {
        return values.get(key) instanceof SequenceNode;
    }

    /** Returns a text; null where it is left out or, which is noted, not one. */
    public @Nullable String text(String key) {
        Node value = values.get(key);
        if (value == null || isNull(value)) {
            return null;
        }
        if (value instanceof ScalarNode scalar) {
            return withoutNul(key, scalar);
        }
        problem(value, key, "must be text, found " + form(value));
        return null;
    }

    private String withoutNul(String key, ScalarNode scalar) {
        if (hasNul(scalar.getValue())) {
            problem(scalar, key, NUL);
        }
        return printable(scalar.getValue());
    }

    /** Returns a text, else what stands in for it. */
    public String text(String key, String fallback) {
        String text = text(key);
        return text == null ? fallback : text;
    }

    @Nullable
    List<String> list(String key, String example) {
        Node value = values.get(key);
        if (value == null || isNull(value)) {
            return null;
        }
        if (!(value instanceof SequenceNode sequence)) {
            problem(value, key, "must be a list such as " + example + ", found " + form(value));
            return null;
        }
        List<String> items = new ArrayList<>();
        for (Node item : sequence.getValue()) {
            if (item instanceof ScalarNode scalar) {
                items.add(withoutNul(key, scalar));
            } else {
                problem(item, key, "must hold texts only, found " + form(item));
            }
        }
        if (sequence.getValue().isEmpty()) {
            problem(value, key, "is empty; give a list such as " + example);
        }
        return items;
    }

    /** Returns a value read from its text, null where it is missing or, which is noted, of another form. */
    public <T> @Nullable T parse(String key, String accepted, Function<String, Optional<T>> reader) {
        String text = text(key);
        if (text == null) {
            return null;
        }
        Optional<T> value = reader.apply(text);
        if (value.isEmpty()) {
            reject(key, "'" + text + "' is not accepted; give " + accepted);
        }
        return value.orElse(null);
    }
}
