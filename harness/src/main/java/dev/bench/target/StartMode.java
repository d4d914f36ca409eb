package dev.bench.target;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Says what an instance is started from. */
public enum StartMode {
    /** From nothing but its image. */
    COLD,
    /** From a state on disk that an instance which was ready has been saved to. */
    RESTORE,
    /** From memory, in which an instance that was ready is paused. */
    RESUME;

    /** Name of the option that it is asked for by. */
    public static final String KEY = "start";

    /** The option, for whichever driver has more than one. */
    public static final OptionSpec OPTION = new OptionSpec(
            KEY,
            OptionSpec.Type.CHOICE,
            Arrays.stream(values()).map(StartMode::label).toList(),
            COLD.label(),
            "What instances are started from: nothing but the image (cold), a state on disk of one that was ready (restore),"
                    + " or one that was ready and is paused (resume).");

    /** The options of a driver that has this one and no other of {@link Faculty#START}. */
    public static final List<OptionSpec> OPTIONS = List.of(OPTION);

    /** Returns its name in a scenario. */
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns what a target's instances are started from. */
    public static StartMode of(TargetDefinition definition) {
        String written = definition.option(KEY);
        return Arrays.stream(values())
                .filter(mode -> mode.label().equals(written))
                .findFirst()
                .orElse(COLD);
    }
}
