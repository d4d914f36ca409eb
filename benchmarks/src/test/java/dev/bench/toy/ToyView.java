package dev.bench.toy;

import dev.bench.analysis.Measurand;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Span;
import dev.bench.document.Term;
import dev.bench.result.ResultStore;
import dev.bench.view.MeasureView;
import dev.bench.view.MetricQuestion;
import dev.bench.view.PlotSection;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.Comparator;
import java.util.List;

/** Shows how long a toy takes to turn. */
public final class ToyView implements MeasureView {
    @Override
    public String measure() {
        return ToyMeasure.ID;
    }

    @Override
    public List<Section> sections() {
        return List.of(new PlotSection(), new LongestTurns());
    }

    @Override
    public List<Question> questions() {
        return List.of(new MetricQuestion("Play", "How long does it take to turn?", "turn", ToyMeasure.TURN.id()));
    }

    @Override
    public List<ToyTurn> details(ResultStore store) {
        return store.details(ToyTurn.FILE);
    }

    @Override
    public List<Term> terms() {
        return List.of(new Term("turn", "a launch, and the removal after it"));
    }

    @Override
    public String named(Measurand headline) {
        return "a turn";
    }

    private static final class LongestTurns implements Section {
        private static final int ROWS = 3;

        @Override
        public String title() {
            return "Longest turns";
        }

        @Override
        public List<Block> blocks(ReportContext context) {
            List<List<Span>> rows = context.details(ToyTurn.class).stream()
                    .sorted(Comparator.comparingDouble(ToyTurn::millis).reversed())
                    .limit(ROWS)
                    .map(turn -> List.<Span>of(
                            new Span.Text(turn.target()), new Span.Value(turn.millis(), ToyMeasure.TURN.unit())))
                    .toList();
            return List.of(Block.table(List.of(Column.text("target"), Column.number("turn")), rows));
        }
    }
}
