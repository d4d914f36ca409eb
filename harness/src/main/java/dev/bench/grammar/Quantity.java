package dev.bench.grammar;

import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Says how an amount is written as one text.
 *
 * @param accepted what is accepted, as it follows "give"
 * @param pattern expression, the same in Java and in JavaScript, that an accepted text matches from beginning to end; it
 *     may match others, whose amount is out of bounds
 * @param reader reads the amount; empty where the text is not accepted
 * @param writer writes an amount as it could be read
 * @param <T> type of the amount
 */
public record Quantity<T>(
        String accepted, String pattern, Function<String, Optional<T>> reader, Function<T, String> writer) {
    /** Declares an amount whose own text can be read again. */
    public Quantity(String accepted, String pattern, Function<String, Optional<T>> reader) {
        this(accepted, pattern, reader, Objects::toString);
    }

    /**
     * Returns this quantity within bounds.
     *
     * @param bounded what is accepted then
     */
    public Quantity<T> within(Predicate<T> bounds, String bounded) {
        return new Quantity<>(bounded, pattern, reader.andThen(amount -> amount.filter(bounds)), writer);
    }
}
