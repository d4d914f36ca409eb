package dev.bench.compare;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds one of the two results that are compared.
 *
 * @param source the directory or file it was read from
 * @param kind what wrote it
 * @param id its name for people
 * @param title what was measured, in a word or two
 * @param tool what measured it, with its version
 * @param startedAt when, or the empty string where it is not known
 * @param chosen the only target asked for, or null where all are
 * @param partial whether the run ended before its plan did
 * @param samples what was measured, in display order, A/A copies left out
 * @param controls half-width of the logarithmic A/A interval by the id of the measure, where there is an A/A row
 * @param facts what may explain a difference, in display order
 * @param notes what a reader must know
 */
public record Side(
        Path source,
        Kind kind,
        String id,
        String title,
        String tool,
        String startedAt,
        @Nullable String chosen,
        boolean partial,
        List<Samples> samples,
        Map<String, Double> controls,
        List<Fact> facts,
        List<String> notes) {
    /** Says what wrote a result. */
    public enum Kind {
        /** A result directory of this tool. */
        RESULT,
        /** A JSON file of JMH, of any project. */
        JMH
    }

    public Side {
        samples = List.copyOf(samples);
        controls = Map.copyOf(controls);
        facts = List.copyOf(facts);
        notes = List.copyOf(notes);
    }

    /** Returns the name for people, with the target where one was asked for. */
    public String name() {
        return chosen == null ? id : id + "@" + chosen;
    }

    /** Returns the same with its folder in its name, for two that could not be told apart. */
    Side namedByFolder() {
        Path parent = source.getParent();
        Path folder = parent == null ? null : parent.getFileName();
        return new Side(
                source,
                kind,
                folder == null ? id : folder + "/" + id,
                title,
                tool,
                startedAt,
                chosen,
                partial,
                samples,
                controls,
                facts,
                notes);
    }

    /** Returns the names of the targets, in display order. */
    List<String> targets() {
        return samples.stream().map(Samples::target).distinct().toList();
    }

    /** Returns the names of what was measured, in display order. */
    List<String> measures() {
        return samples.stream()
                .map(measured -> measured.measurand().id())
                .distinct()
                .toList();
    }
}
