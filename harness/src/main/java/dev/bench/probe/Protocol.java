package dev.bench.probe;

import java.util.function.Supplier;

/**
 * Describes a conversation of one question and one answer.
 *
 * @param description what is asked, for a message
 * @param port TCP port
 * @param question bytes to send first; may be empty
 * @param answer makes what judges one answer
 */
@SuppressWarnings("ArrayRecordComponent")
record Protocol(String description, int port, byte[] question, Supplier<Answer> answer) {}
