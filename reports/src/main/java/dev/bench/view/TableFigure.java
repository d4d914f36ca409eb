package dev.bench.view;

import dev.bench.result.Metric;
import dev.bench.result.Result;
import java.util.List;
import java.util.Optional;
import java.util.function.BiPredicate;
import java.util.function.Function;

/**
 * Fills cells of the table that sets substrates against each other.
 *
 * @param row the row that it belongs to
 * @param words what is told of that row, such as {@code memory}
 * @param role what else its amount is good for
 * @param condition which results of the measure have it, in words behind the measure's name; empty for all
 * @param fits tells the targets of a result that it is told of
 * @param source answers from one result; empty where that has nothing to say
 */
public record TableFigure(
        TableRow row,
        String words,
        Role role,
        String condition,
        BiPredicate<Result, Result.TargetFacts> fits,
        Function<ReportContext, Optional<Answers>> source) {
    /** Says what an amount is good for beside being shown. */
    public enum Role {
        /** Nothing. */
        SHOWN,
        /** For how long a job has its processors and its memory, in milliseconds. */
        JOB_TIME,
        /** What memory an instance holds as long as it is there, in MiB. */
        HELD_MEMORY
    }

    /** Fills cells with what a question is answered by. */
    public static TableFigure of(TableRow row, String words, Question question) {
        return new TableFigure(row, words, Role.SHOWN, "", (result, target) -> true, question::answer);
    }

    /** Fills cells with the medians of a metric. */
    public static TableFigure of(TableRow row, String words, Metric metric) {
        return of(row, words, new MetricQuestion(row.title(), words, words, metric.id()));
    }

    /** Returns the same with another role. */
    public TableFigure as(Role other) {
        return new TableFigure(row, words, other, condition, fits, source);
    }

    /** Returns the same, told of some targets only. */
    public TableFigure only(String which, BiPredicate<Result, Result.TargetFacts> those) {
        return new TableFigure(row, words, role, which, those, source);
    }

    /** Returns what is told of a target; empty where it does not fit or there is nothing. */
    public List<Answer> of(ReportContext context, Result.TargetFacts target) {
        if (!fits.test(context.analysed().result(), target)) {
            return List.of();
        }
        return source.apply(context).stream()
                .flatMap(answers -> answers.answers().stream())
                .filter(answer -> answer.target().equals(target.name()))
                .toList();
    }
}
