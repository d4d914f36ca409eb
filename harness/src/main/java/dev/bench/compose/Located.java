package dev.bench.compose;

import dev.bench.grammar.Problem;
import dev.bench.grammar.Spelling;
import dev.bench.grammar.YamlNode;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Is a place of a Compose file that is being read: what is wrong with it is noted, and the reading goes on with a stand-in, so
 * that one pass finds every fault.
 */
final class Located {
    private final YamlNode node;
    private final String path;
    private final List<Problem> problems;

    /**
     * Takes a place.
     *
     * @param path keys and numbers that lead to it, as they are written in a message
     * @param problems where faults are noted
     */
    Located(YamlNode node, String path, List<Problem> problems) {
        this.node = node;
        this.path = path;
        this.problems = problems;
    }

    /** Returns what is there. */
    YamlNode node() {
        return node;
    }

    /** Returns its text, whatever kind of value it is. */
    String text() {
        return node.text();
    }

    boolean isMapping() {
        return node.kind() == YamlNode.Kind.MAPPING;
    }

    boolean isList() {
        return node.kind() == YamlNode.Kind.LIST;
    }

    boolean isNothing() {
        return node.kind() == YamlNode.Kind.NOTHING;
    }

    /** Notes a fault at this place. */
    void reject(String message) {
        problems.add(new Problem(node.line(), node.column(), path, message));
    }

    /** Notes a fault at a key. */
    void rejectKey(String key, String message) {
        YamlNode.Entry entry = node.entries().get(key);
        YamlNode place = entry == null ? node : entry.key();
        problems.add(new Problem(place.line(), place.column(), below(key), message));
    }

    private String below(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    /** Returns whether a key is there with something behind it. */
    boolean has(String key) {
        YamlNode value = node.get(key);
        return value != null && value.kind() != YamlNode.Kind.NOTHING;
    }

    /** Returns what is behind a key; an empty mapping, at this place, where there is nothing. */
    Located at(String key) {
        YamlNode value = node.get(key);
        return new Located(
                value == null || value.kind() == YamlNode.Kind.NOTHING ? node.absent() : value, below(key), problems);
    }

    /** Returns what is behind each key of a mapping, in the order of the file; notes where it is none. */
    Map<String, Located> entries() {
        Map<String, Located> entries = new LinkedHashMap<>();
        if (isMapping()) {
            node.entries().forEach((key, entry) -> entries.put(key, new Located(entry.value(), below(key), problems)));
        } else if (!isNothing()) {
            reject("must be a mapping of keys to values, found " + node.kind().words());
        }
        return entries;
    }

    /** Returns the items of the list behind a key; none where there is nothing, and notes where it is no list. */
    List<Located> items(String key) {
        if (!has(key)) {
            return List.of();
        }
        Located list = at(key);
        if (!list.isList()) {
            list.reject("must be a list, found " + list.node.kind().words());
            return List.of();
        }
        return list.items();
    }

    /** Returns the items of a list; none for what is no list. */
    List<Located> items() {
        List<Located> items = new ArrayList<>();
        for (int i = 0; i < node.items().size(); i++) {
            items.add(new Located(node.items().get(i), path + "[" + i + "]", problems));
        }
        return items;
    }

    /** Returns the texts behind a key that holds one or a list of them; notes what is neither. */
    List<Located> oneOrMore(String key) {
        if (!has(key)) {
            return List.of();
        }
        Located value = at(key);
        List<Located> all = value.isList() ? value.items() : List.of(value);
        return all.stream().filter(Located::requireScalar).toList();
    }

    /** Returns whether a single value is here, and notes where it is not. */
    boolean requireScalar() {
        if (!node.isScalar() || isNothing()) {
            reject("must be text, found " + node.kind().words());
            return false;
        }
        return true;
    }

    /** Returns the value behind a key as text, or null where there is none or, which is noted, no single one. */
    @Nullable
    String text(String key) {
        return has(key) && at(key).requireScalar() ? at(key).text() : null;
    }

    /** Returns a value read from its text; empty where there is none or, which is noted, it is not accepted. */
    <T> Optional<T> parse(String key, String accepted, Function<String, Optional<T>> reader) {
        String text = text(key);
        if (text == null) {
            return Optional.empty();
        }
        Optional<T> value = reader.apply(text);
        if (value.isEmpty()) {
            at(key).reject("'" + text + "' is not accepted; give " + accepted);
        }
        return value;
    }

    /** Returns a truth value; false where it is left out or, which is noted, none. */
    boolean flag(String key) {
        return parse(key, "true or false", text -> switch (text) {
                    case "true" -> Optional.of(true);
                    case "false" -> Optional.of(false);
                    default -> Optional.empty();
                })
                .orElse(false);
    }

    /**
     * Notes every key that is not among those that are read, but for those of the file's own that begin with {@code x-}.
     *
     * @param read keys that are read
     * @param refused keys that Compose knows, with why they are not read and what to do
     */
    void accept(Collection<String> read, Map<String, String> refused) {
        for (String key : entries().keySet()) {
            if (read.contains(key) || key.startsWith("x-")) {
                continue;
            }
            String reason = refused.get(key);
            rejectKey(
                    key,
                    reason != null
                            ? "is not supported: " + reason
                            : "is not supported"
                                    + Spelling.stop(key, List.copyOf(read))
                                    + " Accepted: "
                                    + String.join(", ", read.stream().sorted().toList()));
        }
    }

    /** Notes every key that is not among those that are read. */
    void accept(String... read) {
        accept(List.of(read), Map.of());
    }
}
