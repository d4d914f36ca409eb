package dev.bench.view;

import dev.bench.analysis.Measurand;
import dev.bench.document.Block;
import dev.bench.document.Term;
import dev.bench.measure.memory.MemoryReading;
import dev.bench.result.ResultStore;
import java.util.List;

/** Shows a measure that no main class names; its detail records are readings of memory. */
public final class ToyView implements MeasureView {
    @Override
    public String measure() {
        return "toy";
    }

    @Override
    public List<Section> sections() {
        return List.of(new Section() {
            @Override
            public String title() {
                return "Toys";
            }

            @Override
            public List<Block> blocks(ReportContext context) {
                return List.of(Block.text(context.details(MemoryReading.class).size() + " turns were read"));
            }
        });
    }

    @Override
    public List<Question> questions() {
        return List.of(new MetricQuestion("Play", "How often does it turn?", "turns", "toy.turns_per_s"));
    }

    @Override
    public List<MemoryReading> details(ResultStore store) {
        return store.details(MemoryReading.FILE);
    }

    @Override
    public List<String> warnings(List<?> details) {
        return details.isEmpty() ? List.of("nothing was read of the toys") : List.of();
    }

    @Override
    public List<Term> terms() {
        return List.of(new Term("turn", "once around"));
    }

    @Override
    public String named(Measurand headline) {
        return "turns of a toy";
    }
}
