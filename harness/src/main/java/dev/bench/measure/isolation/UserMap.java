package dev.bench.measure.isolation;

import java.util.Optional;

/**
 * Is the first line of a map of user ids (user_namespaces(7)).
 *
 * @param inside the first id inside
 * @param outside which one that is outside
 * @param count how many follow alike
 */
record UserMap(String inside, String outside, String count) {
    /** Reads a line with one blank between its numbers; empty where it is none. */
    static Optional<UserMap> of(String line) {
        String[] numbers = line.split(" ", -1);
        return numbers.length == 3 ? Optional.of(new UserMap(numbers[0], numbers[1], numbers[2])) : Optional.empty();
    }

    /** Returns whether root inside is another user outside. */
    boolean disownsRoot() {
        return inside.equals("0") && !outside.equals("0");
    }

    /** Says what it does, in words. */
    String describe() {
        return inside.equals(outside)
                ? "as outside"
                : inside + " is " + outside + " outside, and " + count + " from there on";
    }
}
