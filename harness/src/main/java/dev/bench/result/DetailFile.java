package dev.bench.result;

/**
 * Names a file of a result that holds what a measure records beside the launches, one line of JSON for each record.
 *
 * @param name the file's name, lower-case letters and {@code .jsonl}
 * @param type what a line holds
 * @param what what a line is, in words, such as {@code a reading}
 * @param <T> type of the records
 */
public record DetailFile<T>(String name, Class<T> type, String what) {}
