package dev.bench.probe;

import java.util.OptionalLong;

/**
 * Says what whoever asks after the first caller waits for.
 *
 * @param secondNanos from before the connection of the second request, to the first byte of its correct answer
 * @param keptNanos from the sending of the next request on that connection, to the first byte of its correct answer; empty
 *     where the server does not keep the connection, or answers otherwise
 */
public record SecondAnswer(long secondNanos, OptionalLong keptNanos) {}
