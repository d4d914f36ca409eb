package dev.bench.view;

import java.util.Optional;

/** Asks what people want to know of process, container and virtual machine. */
public interface Question {
    /** Returns what several questions have in common, such as weight or boot time. */
    String topic();

    /** Returns the question as people ask it. */
    String words();

    /** Returns what a ratio is a multiple of. */
    String subject();

    /** Answers from one result; empty where that has nothing to say. */
    Optional<Answers> answer(ReportContext context);
}
