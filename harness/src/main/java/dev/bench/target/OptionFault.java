package dev.bench.target;

/**
 * Tells that an option does not go with the others of its target, or with what is launched.
 *
 * @param key the option
 * @param message what is wrong with it, and what is accepted
 */
public record OptionFault(String key, String message) {}
