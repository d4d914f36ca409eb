package dev.bench.toy;

import dev.bench.result.DetailFile;

/**
 * Records one turn: a line of {@code turns.jsonl}.
 *
 * @param session number of the measuring JVM, from 1
 * @param block number of the block within the session
 * @param target name of the target, or of its A/A copy
 * @param turn number of the turn within its trial, from 1
 * @param millis how long it took
 */
public record ToyTurn(int session, int block, String target, int turn, double millis) {
    /** Where turns are stored. */
    public static final DetailFile<ToyTurn> FILE = new DetailFile<>("turns.jsonl", ToyTurn.class, "a turn");
}
