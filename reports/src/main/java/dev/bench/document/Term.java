package dev.bench.document;

/**
 * Explains a word of a report.
 *
 * @param word the word
 * @param meaning what it stands for, a sentence or more
 */
public record Term(String word, String meaning) {}
