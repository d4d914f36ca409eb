package dev.bench.target;

import java.util.List;

/**
 * Declares one option of a target.
 *
 * @param key its name in the scenario
 * @param type what is accepted
 * @param choices the accepted words of a {@link Type#CHOICE}; examples for any other type
 * @param defaultValue the value where the scenario gives none, as it would be written; empty for "decided at run time"
 * @param description one sentence for people
 */
public record OptionSpec(String key, Type type, List<String> choices, String defaultValue, String description) {
    public OptionSpec {
        choices = List.copyOf(choices);
    }

    /** Says how an option is written. */
    public enum Type {
        TEXT,
        CHOICE,
        WHOLE_NUMBER,
        BOOLEAN,
        SIZE,
        /** A user's number, and with a colon a group's. */
        USER,
        PATH
    }
}
