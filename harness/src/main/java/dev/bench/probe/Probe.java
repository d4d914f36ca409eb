package dev.bench.probe;

import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Optional;

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

    /** Returns whether {@link #askAgain} asks at all. */
    default boolean asksAgain() {
        return false;
    }

    /**
     * Asks an instance that is ready once more, and once more on the same connection; takes as long as the answers take, and
     * ten seconds at most. An interrupt of the calling thread ends it.
     *
     * @return what that took; empty where this is no probe that asks so, or where there was no correct answer
     */
    default Optional<SecondAnswer> askAgain(Readiness readiness, InetAddress address) {
        return Optional.empty();
    }

    /** Prepares the watching of one instance, before its launch begins; nothing is asked yet. */
    Watch watch(Readiness readiness, Watched instance);
}
