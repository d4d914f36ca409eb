package dev.bench.view.isolation;

import dev.bench.measure.isolation.IsolationMetrics;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import dev.bench.view.Answer;
import dev.bench.view.Answers;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks what kind of wall is around a workload, and what it lets through. */
final class IsolationQuestion implements Question {
    @Override
    public String topic() {
        return IsolationView.TOPIC;
    }

    @Override
    public String words() {
        return "What is it allowed inside?";
    }

    @Override
    public String subject() {
        return "isolation";
    }

    @Override
    public Optional<Answers> answer(ReportContext context) {
        List<Answer> answers = new ArrayList<>();
        EvidenceSection.byTarget(context).forEach((target, inside) -> {
            List<String> words = new ArrayList<>(List.of(inside.isolation()));
            count(context, target, IsolationMetrics.SYSCALLS, "system calls", words);
            count(context, target, IsolationMetrics.CAPABILITIES, "capabilities", words);
            answers.add(new Answer(
                    target,
                    context.analysed().isEmulated(target),
                    String.join(", ", words),
                    null,
                    null,
                    "",
                    List.of(),
                    ""));
        });
        return answers.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new Answers("isolation by evidence inside, system calls answered, capabilities", answers));
    }

    private static void count(ReportContext context, String target, Metric metric, String name, List<String> words) {
        context.analysed()
                .summary(metric.id(), target)
                .map(Result.MetricSummary::median)
                .ifPresent(median -> words.add(Math.round(median) + " " + name));
    }
}
