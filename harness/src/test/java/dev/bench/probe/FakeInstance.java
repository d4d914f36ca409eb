package dev.bench.probe;

import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Runs until it is told how it ended. */
final class FakeInstance implements Instance {
    private volatile Exit exit;
    private Runnable lookedAt = () -> {};

    void end(int status, long nanos) {
        exit = new Exit(status, nanos);
    }

    /** Does something whenever it is asked whether it has ended. */
    void whenLookedAt(Runnable action) {
        lookedAt = action;
    }

    @Override
    public String name() {
        return "fake";
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public Exit exit() {
        lookedAt.run();
        return exit;
    }

    @Override
    public Exit stop(Duration grace) {
        return exit;
    }

    @Override
    public Footprint footprint() {
        return new Footprint(List.of(), List.of(), List.of(), 0);
    }

    @Override
    public Map<String, Long> insideBytes() {
        return Map.of();
    }

    @Override
    public String collectLog() {
        return "";
    }

    @Override
    public void close() {}
}
