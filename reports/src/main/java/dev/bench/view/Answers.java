package dev.bench.view;

import java.util.List;

/**
 * Holds the answers of one result to one question.
 *
 * @param scale unit and what is better, in words
 * @param answers one a target, in any order; none for a target that has nothing to say
 */
public record Answers(String scale, List<Answer> answers) {
    public Answers {
        answers = List.copyOf(answers);
    }
}
