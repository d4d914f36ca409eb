package dev.bench.view.isolation;

import dev.bench.measure.isolation.IsolationMetrics;
import dev.bench.measure.isolation.IsolationRecord.Inside;
import dev.bench.result.Metric;
import dev.bench.result.Result;
import dev.bench.view.Answer;
import dev.bench.view.Answers;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Asks what was seen of the wall around a workload, from inside. */
enum IsolationQuestion implements Question {
    LEVEL("Which wall is around it?", "isolation by evidence inside") {
        @Override
        String figure(ReportContext context, String target, Inside inside) {
            return inside.isolation()
                    + (inside.confidence().equals("high") ? "" : " (" + inside.confidence() + " confidence)");
        }
    },
    ALLOWED("What is it allowed inside?", "isolation by evidence inside, system calls answered, capabilities") {
        @Override
        String figure(ReportContext context, String target, Inside inside) {
            List<String> words = new ArrayList<>(List.of(inside.isolation()));
            count(context, target, IsolationMetrics.SYSCALLS, "system calls", words);
            count(context, target, IsolationMetrics.CAPABILITIES, "capabilities", words);
            return String.join(", ", words);
        }
    };

    private final String words;
    private final String explanation;

    IsolationQuestion(String words, String explanation) {
        this.words = words;
        this.explanation = explanation;
    }

    /** Returns what answers it for a target. */
    abstract String figure(ReportContext context, String target, Inside inside);

    @Override
    public String topic() {
        return IsolationView.TOPIC;
    }

    @Override
    public String words() {
        return words;
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
                        figure(context, target, inside),
                        null,
                        null,
                        "",
                        List.of(),
                        "")));
        return answers.isEmpty() ? Optional.empty() : Optional.of(new Answers(explanation, answers));
    }

    private static void count(ReportContext context, String target, Metric metric, String name, List<String> words) {
        context.analysed()
                .summary(metric.id(), target)
                .map(Result.MetricSummary::median)
                .ifPresent(median -> words.add(Math.round(median) + " " + name));
    }
}
