package dev.bench.grammar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Collection;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Declares one key of a mapping: its name, its form, what it means and what holds where it is left out. Immutable.
 *
 * @param <T> what is read
 */
public final class Key<T> {
    private final String name;
    private final Form<T> form;
    private final String description;
    private final @Nullable T byDefault;
    private final @Nullable String missing;
    private final boolean deprecated;

    private Key(
            String name,
            Form<T> form,
            String description,
            @Nullable T byDefault,
            @Nullable String missing,
            boolean deprecated) {
        this.name = name;
        this.form = form;
        this.description = description;
        this.byDefault = byDefault;
        this.missing = missing;
        this.deprecated = deprecated;
    }

    /**
     * Declares a key that may be left out and then has no value.
     *
     * @param description one sentence for people, without a default that {@link #byDefault} states; may be empty
     */
    public static <T> Key<T> of(String name, Form<T> form, String description) {
        return new Key<>(name, form, description, null, null, false);
    }

    /** Returns this key with a value that holds where it is left out or not accepted. */
    public Key<T> byDefault(T value) {
        return new Key<>(name, form, description, value, missing, deprecated);
    }

    /**
     * Returns this key as one that must be there.
     *
     * @param wanted what to do about it, as it follows "is missing;"
     */
    public Key<T> required(String wanted) {
        return new Key<>(name, form, description, byDefault, wanted, deprecated);
    }

    /** Returns this key under a name that is still read, and no longer recommended. */
    public Key<T> formerly(String former) {
        return new Key<>(former, form, "Former name of " + name + ".", byDefault, missing, true);
    }

    /** Returns the name. */
    public String name() {
        return name;
    }

    /** Returns what it means, in one sentence, with the default where it has one. */
    public String description() {
        String value = defaultText();
        if (value.isEmpty()) {
            return description;
        }
        return description.isEmpty()
                ? "Default " + value + "."
                : description.substring(0, description.length() - 1) + "; default " + value + ".";
    }

    /** Returns the default as it could be written; empty where there is none but a stand-in. */
    private String defaultText() {
        boolean none = byDefault == null || missing != null || byDefault instanceof Collection<?> all && all.isEmpty();
        return none ? "" : form.written(Objects.requireNonNull(byDefault));
    }

    /** Returns how it is written. */
    public Form<T> form() {
        return form;
    }

    /** Returns whether it must be there. */
    public boolean isRequired() {
        return missing != null;
    }

    /** Returns whether it is only read for the sake of older files. */
    public boolean isDeprecated() {
        return deprecated;
    }

    /** Returns the value, else the default, else null; notes a required key that is missing. */
    public @Nullable T find(YamlMap map) {
        T value = form.read(map, name);
        if (missing != null && (!map.has(name) || isBlank(value))) {
            map.reject(name, "is missing; " + missing);
        }
        return value == null ? byDefault : value;
    }

    /** Only what is written counts as given: an empty text is none. */
    private static boolean isBlank(@Nullable Object value) {
        return value instanceof String text && text.isBlank();
    }

    /**
     * Returns the value, else the default; a key without one is read by {@link #find}.
     *
     * @throws NullPointerException where the key has no default and there is no value
     */
    public T in(YamlMap map) {
        return Objects.requireNonNull(find(map), name);
    }

    /** Returns the JSON Schema of the value with the key's meaning; a new node each time. */
    ObjectNode schema() {
        ObjectNode schema = form.schema();
        String meaning = description();
        if (!meaning.isEmpty()) {
            schema.put("description", meaning);
        }
        if (deprecated) {
            schema.put("deprecated", true);
        }
        return schema;
    }
}
