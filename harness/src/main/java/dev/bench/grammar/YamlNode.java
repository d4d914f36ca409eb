package dev.bench.grammar;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * Is one place of a YAML file of another format than ours, with all below it. Which of its plain texts are numbers or truth
 * values is decided as YAML 1.2's core schema does. Immutable.
 */
public final class YamlNode {
    private static final int MOST_ALIASES = 100;
    private static final int MOST_DEPTH = 50;

    private static final Set<String> NULLS = Set.of("", "~", "null", "Null", "NULL");
    private static final Set<String> FLAGS = Set.of("true", "True", "TRUE", "false", "False", "FALSE");

    /** What a place can hold. */
    public enum Kind {
        /** Keys with something behind each. */
        MAPPING("a mapping"),
        /** Items in an order. */
        LIST("a list"),
        /** A text. */
        TEXT("text"),
        /** A number. */
        NUMBER("a number"),
        /** True or false. */
        FLAG("true or false"),
        /** Nothing. */
        NOTHING("nothing");

        private final String words;

        Kind(String words) {
            this.words = words;
        }

        /** Returns it in words. */
        public String words() {
            return words;
        }
    }

    private final Kind kind;
    private final int line;
    private final int column;
    private final String text;
    private final List<YamlNode> items;
    private final Map<String, Entry> entries;

    /**
     * Is a key with what is behind it.
     *
     * @param key the place of the key itself
     */
    public record Entry(YamlNode key, YamlNode value) {}

    private YamlNode(Kind kind, int line, int column, String text, List<YamlNode> items, Map<String, Entry> entries) {
        this.kind = kind;
        this.line = line;
        this.column = column;
        this.text = text;
        this.items = items;
        this.entries = entries;
    }

    /**
     * Reads a text.
     *
     * @param problems where faults are noted that make it no YAML, and keys that are written twice
     * @return what it holds; empty where it is no YAML
     */
    public static Optional<YamlNode> of(String yaml, List<Problem> problems) {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(MOST_ALIASES);
        options.setNestingDepthLimit(MOST_DEPTH);
        return YamlText.compose(yaml, options, "is empty", problems)
                .map(root -> new Reading(problems).read(root, List.of()));
    }

    /** Turns the nodes of the library into places. */
    private static final class Reading {
        private final List<Problem> problems;

        Reading(List<Problem> problems) {
            this.problems = problems;
        }

        YamlNode read(Node node, List<Node> outer) {
            if (outer.contains(node)) {
                problem(node, "holds itself; remove it");
                return place(node, Kind.NOTHING, "", List.of(), Map.of());
            }
            List<Node> within = new ArrayList<>(outer);
            within.add(node);
            if (node instanceof MappingNode mapping) {
                Map<String, Entry> entries = new LinkedHashMap<>();
                read(mapping, entries, within);
                return place(node, Kind.MAPPING, "", List.of(), entries);
            }
            if (node instanceof SequenceNode sequence) {
                List<YamlNode> items = new ArrayList<>();
                sequence.getValue().forEach(item -> items.add(read(item, within)));
                return place(node, Kind.LIST, "", items, Map.of());
            }
            ScalarNode scalar = (ScalarNode) node;
            boolean plain = scalar.getScalarStyle() == DumperOptions.ScalarStyle.PLAIN;
            String text = scalar.getValue();
            if (text.indexOf('\0') >= 0) {
                problem(node, "holds the character NUL, which no program can be given; remove it");
            }
            Kind kind = plain ? kind(text) : Kind.TEXT;
            return place(node, kind, text.replace('\0', '?'), List.of(), Map.of());
        }

        private void read(MappingNode mapping, Map<String, Entry> entries, List<Node> within) {
            Map<String, Entry> own = new LinkedHashMap<>();
            List<Node> merges = new ArrayList<>();
            for (NodeTuple tuple : mapping.getValue()) {
                if (tuple.getKeyNode().getTag().equals(Tag.MERGE)) {
                    merges.add(tuple.getValueNode());
                } else if (tuple.getKeyNode() instanceof ScalarNode key) {
                    YamlNode place = place(key, Kind.TEXT, key.getValue(), List.of(), Map.of());
                    if (own.put(key.getValue(), new Entry(place, read(tuple.getValueNode(), within))) != null) {
                        problem(key, key.getValue() + " is written twice; keep one");
                    }
                } else {
                    problem(tuple.getKeyNode(), "a key must be text");
                }
            }
            own.forEach(entries::putIfAbsent);
            for (Node merge : merges) {
                List<Node> parts = merge instanceof SequenceNode sequence ? sequence.getValue() : List.of(merge);
                for (Node part : parts) {
                    merge(part, entries, within);
                }
            }
        }

        private void merge(Node part, Map<String, Entry> entries, List<Node> within) {
            if (!(part instanceof MappingNode mapping)) {
                problem(part, "<< must be a mapping or a list of mappings");
            } else if (within.contains(part)) {
                problem(part, "<< merges a mapping into itself; remove it");
            } else {
                List<Node> deeper = new ArrayList<>(within);
                deeper.add(part);
                read(mapping, entries, deeper);
            }
        }

        private void problem(Node node, String message) {
            problems.add(new Problem(
                    node.getStartMark().getLine() + 1, node.getStartMark().getColumn() + 1, "", message));
        }
    }

    private static YamlNode place(Node node, Kind kind, String text, List<YamlNode> items, Map<String, Entry> entries) {
        return new YamlNode(
                kind,
                node.getStartMark().getLine() + 1,
                node.getStartMark().getColumn() + 1,
                text,
                List.copyOf(items),
                Collections.unmodifiableMap(new LinkedHashMap<>(entries)));
    }

    private static Kind kind(String text) {
        if (NULLS.contains(text)) {
            return Kind.NOTHING;
        }
        if (FLAGS.contains(text)) {
            return Kind.FLAG;
        }
        boolean number = text.matches(
                "[-+]?(0o[0-7]{1,20}|0x[0-9a-fA-F]{1,15}|[0-9]{1,18}|(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]{1,3})?)");
        return number ? Kind.NUMBER : Kind.TEXT;
    }

    /** Returns what it holds. */
    public Kind kind() {
        return kind;
    }

    /** Returns its line, from 1. */
    public int line() {
        return line;
    }

    /** Returns its column, from 1. */
    public int column() {
        return column;
    }

    /** Returns whether it holds one value, or nothing. */
    public boolean isScalar() {
        return kind != Kind.MAPPING && kind != Kind.LIST;
    }

    /** Returns a value as it is written, without its quotes; empty for a mapping or a list. */
    public String text() {
        return text;
    }

    /** Returns the items of a list, in their order; empty for what is none. */
    public List<YamlNode> items() {
        return items;
    }

    /** Returns the keys of a mapping with what is behind them, in the order of the file; empty for what is none. */
    public Map<String, Entry> entries() {
        return entries;
    }

    /** Returns what is behind a key, or null where there is no such key. */
    public @Nullable YamlNode get(String key) {
        Entry entry = entries.get(key);
        return entry == null ? null : entry.value();
    }

    /** Returns an empty mapping at this place, for what is not there. */
    public YamlNode absent() {
        return new YamlNode(Kind.MAPPING, line, column, "", List.of(), Map.of());
    }

    /** Returns the same with every text replaced; one that changes is text whatever it was. Keys stay. */
    public YamlNode replacing(Function<YamlNode, String> texts) {
        if (isScalar()) {
            String other = texts.apply(this);
            return other.equals(text) ? this : new YamlNode(Kind.TEXT, line, column, other, items, entries);
        }
        List<YamlNode> others = new ArrayList<>();
        items.forEach(item -> others.add(item.replacing(texts)));
        Map<String, Entry> otherEntries = new LinkedHashMap<>();
        entries.forEach((key, entry) ->
                otherEntries.put(key, new Entry(entry.key(), entry.value().replacing(texts))));
        return new YamlNode(kind, line, column, text, others, otherEntries);
    }
}
