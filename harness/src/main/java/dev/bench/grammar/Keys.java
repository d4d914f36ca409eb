package dev.bench.grammar;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Declares the keys of a mapping, in their order, and how they go together. Immutable. */
public final class Keys {
    private static final Keys NONE = new Keys(List.of(), List.of(), 0, null);

    private final List<Key<?>> keys;
    private final List<String> alternatives;
    private final int least;
    private final @Nullable String extension;

    private Keys(List<Key<?>> keys, List<String> alternatives, int least, @Nullable String extension) {
        this.keys = List.copyOf(keys);
        this.alternatives = List.copyOf(alternatives);
        this.least = least;
        this.extension = extension;
    }

    /** Declares keys that go together in any choice. */
    public static Keys of(Key<?>... keys) {
        return of(Arrays.asList(keys));
    }

    /** Declares keys that go together in any choice. */
    public static Keys of(List<Key<?>> keys) {
        return new Keys(keys, List.of(), 0, null);
    }

    /** Returns no keys at all. */
    public static Keys none() {
        return NONE;
    }

    /** Returns these keys where exactly one of some of them must be given. */
    public Keys exactlyOneOf(List<String> names) {
        return new Keys(keys, names, least, extension);
    }

    /** Returns these keys where at least one must be given. */
    public Keys notEmpty() {
        return new Keys(keys, alternatives, 1, extension);
    }

    /** Returns these keys beside any others that begin so, which nothing reads. */
    public Keys ignoring(String prefix) {
        return new Keys(keys, alternatives, least, prefix);
    }

    /** Returns the keys in their order. */
    public List<Key<?>> all() {
        return keys;
    }

    /** Returns the names of what may be written, in their order; former names left out. */
    public List<String> names() {
        return keys.stream().filter(key -> !key.isDeprecated()).map(Key::name).toList();
    }

    /** Returns whether a key must be given whatever else is: it is required, and not one of several of which one is. */
    public boolean requires(Key<?> key) {
        return key.isRequired() && !alternatives.contains(key.name());
    }

    /** Returns what is accepted, as it follows "give". */
    String accepted() {
        if (!alternatives.isEmpty()) {
            return "a mapping with exactly one of " + String.join(", ", alternatives);
        }
        return least > 0 ? "a mapping with one key at least" : "a mapping";
    }

    /** Notes every key of a mapping that is not declared, with the nearest of those that are; returns the mapping. */
    public YamlMap check(YamlMap map) {
        if (extension != null) {
            map.ignore(extension);
        }
        map.accept(
                names(), keys.stream().filter(Key::isDeprecated).map(Key::name).toList());
        return map;
    }

    /** Returns the JSON Schema of the mapping; a new node each time. */
    public ObjectNode schema() {
        ObjectNode schema = JsonNodeFactory.instance.objectNode().put("type", "object");
        schema.put("additionalProperties", false);
        ObjectNode properties = schema.putObject("properties");
        keys.forEach(key -> properties.set(key.name(), key.schema()));
        if (extension != null) {
            schema.putObject("patternProperties")
                    .putObject("^" + extension)
                    .put("description", "For anchors of the file's own; nothing reads it.");
        }
        List<String> required = new ArrayList<>();
        keys.stream().filter(this::requires).map(Key::name).forEach(required::add);
        if (!required.isEmpty()) {
            required.forEach(schema.putArray("required")::add);
        }
        if (!alternatives.isEmpty()) {
            ArrayNode choices = schema.putArray("oneOf");
            alternatives.forEach(
                    name -> choices.addObject().putArray("required").add(name));
        }
        if (least > 0) {
            schema.put("minProperties", least);
        }
        return schema;
    }
}
