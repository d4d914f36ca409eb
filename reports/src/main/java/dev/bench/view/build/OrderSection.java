package dev.bench.view.build;

import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Shows what another order of the instructions saves, predicted and measured. */
final class OrderSection implements Section {
    private static final String MILLIS = "ms";

    @Override
    public String title() {
        return "Order of the instructions";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        List<OrderAdvice> advice = OrderAdvice.of(context);
        if (advice.isEmpty()) {
            return List.of();
        }
        List<Block> blocks = new ArrayList<>();
        advice.stream()
                .max(Comparator.comparingDouble(saving -> saving.asIsMs() - saving.reorderedMs()))
                .ifPresent(most -> blocks.add(new Block.Statement(sentence(most), false, Depth.GLANCE)));
        blocks.add(new Block.Table(
                "",
                "",
                List.of(
                        Column.text("change"),
                        Column.text("reaches first"),
                        Column.text("costliest after it"),
                        Column.number("as it is"),
                        Column.number("predicted"),
                        Column.number("reordered"),
                        Column.number("saved")),
                advice.stream().map(OrderSection::row).toList(),
                Depth.GLANCE));
        blocks.add(
                Block.note("Predicted: the rebuild as it is without the steps that the other order has above what the"
                        + " change reaches. Reordered: measured, in the same blocks."));
        return blocks;
    }

    /** Says in one sentence what a change costs, where, and what the other order makes of it. */
    static String sentence(OrderAdvice advice) {
        String where = "After " + advice.change() + " (line " + advice.copy().line() + ", "
                + advice.copy().text() + ") a build takes " + Numbers.value(advice.asIsMs(), MILLIS);
        String costliest = advice.costliest()
                .map(step -> ", " + Numbers.value(step.lengthMs(), MILLIS) + " of it in line " + step.line() + ", "
                        + step.text())
                .orElse("");
        return where + costliest + "; reordered it takes " + Numbers.value(advice.reorderedMs(), MILLIS)
                + " (predicted: " + Numbers.value(advice.predictedMs(), MILLIS) + ")";
    }

    private static List<Span> row(OrderAdvice advice) {
        return List.of(
                Span.text(advice.change()),
                new Span.Wrapped(
                        "line " + advice.copy().line() + ", " + advice.copy().text()),
                advice.costliest()
                        .<Span>map(step -> new Span.Wrapped("line " + step.line() + ", " + step.text()))
                        .orElse(Span.none()),
                new Span.Value(advice.asIsMs(), MILLIS),
                new Span.Value(advice.predictedMs(), MILLIS),
                new Span.Value(advice.reorderedMs(), MILLIS),
                new Span.Percent(advice.saved()));
    }
}
