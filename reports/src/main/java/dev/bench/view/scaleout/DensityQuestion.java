package dev.bench.view.scaleout;

import dev.bench.document.Numbers;
import dev.bench.view.Answer;
import dev.bench.view.Answers;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import java.util.List;
import java.util.Optional;

/** Asks how many instances fulfil the bound that the scenario declares. */
final class DensityQuestion implements Question {
    @Override
    public String topic() {
        return ScaleOutView.TOPIC;
    }

    @Override
    public String words() {
        return "How many side by side still answer in time?";
    }

    @Override
    public String subject() {
        return "instances";
    }

    @Override
    public Optional<Answers> answer(ReportContext context) {
        List<DensitySummary> densities = DensitySummary.of(ScaleOutView.trials(context));
        if (densities.isEmpty()) {
            return Optional.empty();
        }
        DensitySummary any = densities.get(0);
        return Optional.of(new Answers(
                "p99 ≤ " + Numbers.value(any.sloMs(), "ms") + " at " + any.load() + ", more is better",
                densities.stream().map(density -> answer(context, density)).toList()));
    }

    private static Answer answer(ReportContext context, DensitySummary density) {
        return new Answer(
                density.target(),
                context.analysed().isEmulated(density.target()),
                Numbers.digits(density.median()),
                density.median(),
                null,
                "",
                List.of(density.stop()),
                "");
    }
}
