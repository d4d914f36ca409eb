package dev.bench.grammar;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;

/**
 * Says how a value is written: reads it, and describes itself to people and to editors. Immutable.
 *
 * @param <T> what is read
 */
public interface Form<T> {
    /**
     * Reads the value of a key.
     *
     * @return the value, or null where it is left out or, which is noted, not accepted
     */
    @Nullable
    T read(YamlMap map, String key);

    /** Returns what is accepted, as it follows "give"; one line. */
    String accepted();

    /** Returns a value as it could be written in a scenario. */
    default String written(T value) {
        return value.toString();
    }

    /** Returns the JSON Schema of the value, to be completed by the key; a new node each time. */
    ObjectNode schema();

    /**
     * Returns the keys of a mapping, in their order, or of the mappings behind the names that the file chooses; none for
     * any other form.
     */
    default Keys keys() {
        return Keys.none();
    }

    /** Returns whether {@link #keys} stand behind names that the file chooses. */
    default boolean isNamed() {
        return false;
    }
}
