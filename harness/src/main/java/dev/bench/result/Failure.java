package dev.bench.result;

import org.jspecify.annotations.Nullable;

/**
 * Tells why a launch gave no sample.
 *
 * @param kind a stable word to group by, usually a {@link FailureKind}'s
 * @param message one sentence for a person: what failed, where, and what to try
 * @param log the file below the result directory that holds the instance's output, or null where there is none
 */
public record Failure(String kind, String message, @Nullable String log) {
    private static final String LAST_WROTE = ". It last wrote: ";
    private static final String WROTE_NOTHING = ". It wrote nothing";

    /** Creates a failure; what its message quotes of the workload's may hold secrets, which are masked. */
    public Failure {
        message = Secrets.mask(message);
    }

    /** Creates a failure of a kind that is known here. */
    public Failure(FailureKind kind, String message, @Nullable String log) {
        this(kind.word(), message, log);
    }

    /** Returns whether it is of this kind. */
    public boolean is(FailureKind known) {
        return kind.equals(known.word());
    }

    /** Returns a message about a workload with the last line that it wrote; empty where it wrote nothing. */
    public static String withLastLine(@Nullable String message, String line) {
        return message + (line.isEmpty() ? WROTE_NOTHING : LAST_WROTE + line);
    }

    /** Returns what {@link #withLastLine} has added, to end a sentence with; the whole message where it has added nothing. */
    public String lastWords() {
        int begin = message.indexOf(LAST_WROTE);
        if (begin >= 0) {
            return "it last wrote: " + message.substring(begin + LAST_WROTE.length());
        }
        return message.endsWith(WROTE_NOTHING) ? "it wrote nothing" : message;
    }

    /** Returns the message without what {@link #withLastLine} has added: what alike failures have in common. */
    public String cause() {
        int end = message.indexOf(LAST_WROTE);
        return end >= 0 ? message.substring(0, end) : message.replace(WROTE_NOTHING, "");
    }
}
