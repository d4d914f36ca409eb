package dev.bench.view;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.document.Term;
import dev.bench.result.ResultStore;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Shows what one measure found: its sections of a report, its questions of a scoreboard, its words.
 *
 * <p>Found by {@link java.util.ServiceLoader}. The order of the file that names the views is that of their questions on a
 * scoreboard. A view is the only place in the reports that knows its measure's metrics by name and its detail records.
 * Views hold no state and are used by several threads.
 */
public interface MeasureView {
    /** Returns the measure's name in stored results, such as {@code scale-out}. */
    String measure();

    /** Returns what a report shows between the comparison and the identity of the targets, in display order. */
    List<Section> sections();

    /** Returns that of the sections which says what to change, for whoever asks for advice; empty where none does. */
    default Optional<Section> advice() {
        return Optional.empty();
    }

    /** Returns what people ask that this measure answers, in display order. */
    List<Question> questions();

    /** Returns what this measure fills of the table that sets substrates against each other, in display order. */
    default List<TableFigure> table() {
        return List.of();
    }

    /**
     * Reads what was recorded beside the launches; empty where the measure records nothing else.
     *
     * @throws dev.bench.result.ResultException where a file of the result cannot be read
     */
    default List<?> details(ResultStore store) {
        return List.of();
    }

    /** Says what a reader must know of the detail records, a warning each, stored with the result. */
    default List<String> warnings(List<?> details) {
        return List.of();
    }

    /** Says what a reader must know of how the measure is shown, a warning each, never stored. */
    default List<String> notes(Analysed analysed) {
        return List.of();
    }

    /** Says what belongs to all figures of the comparison, a paragraph each. */
    default List<String> remarks(Analysed analysed) {
        return List.of();
    }

    /** Explains what a reader of the figures cannot know, in display order. */
    default List<Term> terms() {
        return List.of();
    }

    /** Names the headline in a sentence that begins with the scenario's name; empty where a reader would guess it. */
    default String named(Measurand headline) {
        return headline.title().toLowerCase(Locale.ROOT);
    }

    /** Says in two words that every launch of a target failed. */
    default String failure() {
        return "never ready";
    }

    /** Returns whether a metric is worth a line where there is little room. */
    default boolean isBrief(Measurand metric) {
        return true;
    }
}
