package dev.bench.view.storage;

import dev.bench.measure.storage.PersistenceRecord;
import dev.bench.view.Answer;
import dev.bench.view.Answers;
import dev.bench.view.Question;
import dev.bench.view.ReportContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Asks what is left of data when its instance is removed. */
final class PersistenceQuestion implements Question {
    @Override
    public String topic() {
        return StorageView.TOPIC;
    }

    @Override
    public String words() {
        return "What is kept when it is removed?";
    }

    @Override
    public String subject() {
        return "data";
    }

    @Override
    public Optional<Answers> answer(ReportContext context) {
        List<Answer> answers = new ArrayList<>();
        PersistenceSection.byTarget(context.details(PersistenceRecord.class))
                .forEach((target, cells) -> removal(cells.values())
                        .ifPresent(kept -> answers.add(new Answer(
                                target,
                                context.analysed().isEmulated(target),
                                kept ? "kept" : "lost",
                                null,
                                null,
                                "",
                                List.of(),
                                ""))));
        return answers.isEmpty() ? Optional.empty() : Optional.of(new Answers("a file after a removal", answers));
    }

    private static Optional<Boolean> removal(Collection<PersistenceRecord> cells) {
        return cells.stream()
                .filter(record -> record.event().equals(PersistenceRecord.REMOVAL))
                .findFirst()
                .map(PersistenceRecord::kept);
    }
}
