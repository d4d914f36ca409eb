package dev.bench.probe;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.time.Duration;

/**
 * Tells in one way when an instance is ready: how a scenario asks for it, and how it is seen.
 *
 * <p>Implementations are found with {@link java.util.ServiceLoader}, have a public constructor without arguments that does
 * no work, and are stateless. Definitions given to a probe are always of its own {@link #readinessType}.
 */
public interface Probe {
    /** Returns the key below {@code ready} that asks for it, by whose name its definitions are stored. */
    Key<?> key();

    /** Returns the class of its definitions of ready, which JSON can be read into. */
    Class<? extends Readiness> readinessType();

    /**
     * Reads a definition, and notes what is wrong with it.
     *
     * @param ready the mapping that holds the key
     * @param within how long an instance may take
     */
    Readiness read(YamlMap ready, Duration within);

    /** Returns whether an instance is asked, so that only one that runs at that moment can be ready. */
    default boolean asks() {
        return false;
    }

    /** Prepares the watching of one instance, before its launch begins; nothing is asked yet. */
    Watch watch(Readiness readiness, Watched instance);
}
