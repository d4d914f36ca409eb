package dev.bench.view.isolation;

import dev.bench.view.Answer;
import dev.bench.view.Answers;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks what kind of wall is around a workload, and nothing more. */
final class LevelQuestion implements Question {
    @Override
    public String topic() {
        return IsolationView.TOPIC;
    }

    @Override
    public String words() {
        return "Which wall is around it?";
    }

    @Override
    public String subject() {
        return "isolation";
    }

    @Override
    public Optional<Answers> answer(ReportContext context) {
        List<Answer> answers = new ArrayList<>();
        EvidenceSection.byTarget(context)
                .forEach((target, inside) -> answers.add(new Answer(
                        target,
                        context.analysed().isEmulated(target),
                        inside.isolation()
                                + (inside.confidence().equals("high")
                                        ? ""
                                        : " (" + inside.confidence() + " confidence)"),
                        null,
                        null,
                        "",
                        List.of(),
                        "")));
        return answers.isEmpty() ? Optional.empty() : Optional.of(new Answers("isolation by evidence inside", answers));
    }
}
