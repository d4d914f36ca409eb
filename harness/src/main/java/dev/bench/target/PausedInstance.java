package dev.bench.target;

import dev.bench.result.PhaseName;

/** Keeps an instance in memory, where everything of it is and nothing runs. */
public final class PausedInstance implements KeptState {
    private final Instance instance;
    private final Resumption resumption;
    private final long bytes;
    private boolean started;

    /** Lets a paused instance go on. */
    @FunctionalInterface
    public interface Resumption {
        /**
         * Lets it go on.
         *
         * @throws LaunchException where the engine refuses
         */
        void resume() throws LaunchException;
    }

    /** Takes over an instance that has just been paused, and looks at what it keeps in memory. */
    public PausedInstance(Instance instance, Resumption resumption) {
        this.instance = instance;
        this.resumption = resumption;
        this.bytes = instance.footprint().residentBytes();
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Instance start(PhaseRecorder phases) throws LaunchException {
        started = true;
        try {
            resumption.resume();
        } catch (LaunchException e) {
            instance.collectLog();
            instance.close();
            throw e;
        }
        phases.mark(PhaseName.STARTED);
        return instance;
    }

    @Override
    public void close() {
        if (!started) {
            instance.close();
        }
    }
}
