package dev.bench.target;

/**
 * Declares how a user names an existing service that a driver's targets are to be launched by, instead of one of the
 * lab's own.
 *
 * @param key what its address is kept under; stable, since runs state it for whoever removes what they leave
 * @param option the command line's option, such as {@code --docker-host}
 * @param variable the environment variable that holds where the option is not given
 * @param description sentences for the option's help
 */
public record Endpoint(String key, String option, String variable, String description) {}
