package dev.bench.target;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Names what targets of some drivers can do beside launching instances, and what a measure may be about. Such a measure takes
 * those targets only, unless it {@link #isOptional}; they have options of their own then.
 */
public enum Faculty {
    /** Builds images; see {@link Target#builder}. */
    BUILD("builder", "builds"),
    /** Keeps data; see {@link Target#place}. */
    STORE("place for data", "stores"),
    /** Delivers images by way of a registry; see {@link Target#delivery}. */
    DELIVER("delivery", "delivers"),
    /** Runs applications of several services; see {@link Target#stack}. */
    STACK("way to run several services", "runs several services"),
    /** Starts instances from what is kept of one that was ready; see {@link Target#keep}. Who has it not starts them cold. */
    START("way to start but from its image", "starts instances one by one");

    private final String noun;
    private final String verb;

    Faculty(String noun, String verb) {
        this.noun = noun;
        this.verb = verb;
    }

    /** Returns what a target has that can do it, without an article. */
    public String noun() {
        return noun;
    }

    /** Returns what it does, to go on in a sentence with. */
    public String verb() {
        return verb;
    }

    /** Returns whether a measure of it takes targets that do not have it too. */
    public boolean isOptional() {
        return this == START;
    }

    /** Returns the options of a driver that stand for faculties of its targets, whichever. */
    public static List<OptionSpec> options(TargetDriver driver) {
        return Arrays.stream(values())
                .map(driver::options)
                .flatMap(Optional::stream)
                .flatMap(List::stream)
                .toList();
    }
}
