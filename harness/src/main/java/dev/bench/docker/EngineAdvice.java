package dev.bench.docker;

import dev.bench.result.ResultStore;

/** Says where to look on when an engine has failed. */
final class EngineAdvice {
    static final String LOG = "See the engine's own log; a lab's is kept with the result, as " + ResultStore.ENGINE_LOG;

    private EngineAdvice() {}
}
