package dev.bench.site;

import dev.bench.analysis.Measurand;
import dev.bench.analysis.Measurands;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.history.Run;
import dev.bench.history.Trend;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Words what several pages say in the same way. */
final class Words {
    private static final int DATE = "2026-11-24".length();
    private static final int MINUTE = "2026-11-24T12:00".length();

    private Words() {}

    /** Returns the start of a run to the minute, in UTC. */
    static String minute(String time) {
        return time.substring(0, DATE) + " " + time.substring(DATE + 1, MINUTE);
    }

    /** Returns a metric's title; its stored name where it is not known. */
    static String metric(String metric) {
        return Measurands.byId(metric).map(Measurand::title).orElse(metric);
    }

    /** Returns a relative change with its sign; a dash where there is nothing to relate it to. */
    static String relative(Trend.Change change) {
        double relative = change.relative();
        if (!Double.isFinite(relative)) {
            return Numbers.NONE;
        }
        return (relative < 0 ? "−" : "+") + Numbers.percent(Math.abs(relative));
    }

    /** Returns a figure with its interval. */
    static String figure(Run.@Nullable Value value) {
        if (value == null || value.median() == null) {
            return Numbers.NONE;
        }
        String median = Numbers.value(value.median(), value.unit());
        return value.low() == null
                ? median
                : median + " (" + Numbers.interval(value.low(), value.high(), value.unit()) + ")";
    }

    /** Returns a target's name with the mark of an emulated processor. */
    static Span target(Run.Target target) {
        return new Span.Name(target.name(), target.emulated());
    }

    /** Returns a relative change with its direction. */
    static Span change(Trend.Change change) {
        return Span.phrase(new Span.Strong(Span.text(relative(change))), Span.text(" " + change.direction()));
    }

    /** Returns the level before and after a change. */
    static Span levels(Trend.Change change) {
        return Span.phrase(
                new Span.Value(change.before(), change.unit()),
                Span.text(" → "),
                new Span.Value(change.after(), change.unit()));
    }

    /** Returns what there is to know of a run beside its figures; may be empty. */
    static Span marks(Run run) {
        List<Span> marks = new ArrayList<>();
        if (run.partial()) {
            marks.add(new Span.Badge("partial"));
            marks.add(Span.text(" "));
        }
        if (run.baseline()) {
            marks.add(new Span.Badge("baseline"));
        }
        return new Span.Phrase(marks);
    }

    /** Returns a count with its noun. */
    static String counted(int count, String noun) {
        return count + " " + noun + (count == 1 ? "" : noun.endsWith("s") ? "es" : "s");
    }
}
