package dev.bench.result;

/** Says how many there are of something, in words. */
public final class Count {
    private Count() {}

    /** Returns the number with its noun: {@code 1 block}, {@code 2 blocks}, {@code 0 processes}. */
    public static String of(long number, String noun) {
        return number + " " + (number == 1 ? noun : plural(noun));
    }

    /** Returns the number with its noun where the plural is not a matter of a letter. */
    public static String of(long number, String singular, String plural) {
        return number + " " + (number == 1 ? singular : plural);
    }

    private static String plural(String noun) {
        return noun.endsWith("s") ? noun + "es" : noun + "s";
    }
}
