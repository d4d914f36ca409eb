package dev.bench.scoreboard;

import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.List;
import java.util.Map;

/**
 * Answers one question from one scenario.
 *
 * @param topic what this and other questions have in common
 * @param question the question in words
 * @param scale unit and what is better, in words
 * @param subject what a ratio is a multiple of
 * @param entry number of the result, from 0
 * @param scenario label of the scenario, from outside
 * @param cells answers by substrate, in the scenario's order; no entry for a substrate that it does not have
 */
record Row(
        String topic,
        String question,
        String scale,
        String subject,
        int entry,
        String scenario,
        Map<TargetKind, List<Answer>> cells) {
    /** Returns the answers of a substrate. */
    List<Answer> cells(TargetKind kind) {
        return cells.getOrDefault(kind, List.of());
    }
}
