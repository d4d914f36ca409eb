package dev.bench.probe;

import dev.bench.target.Instance;
import java.net.InetAddress;
import java.time.Duration;

/** Runs until it is told how it ended. */
final class FakeInstance implements Instance {
    private volatile Exit exit;

    void end(int status, long nanos) {
        exit = new Exit(status, nanos);
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
        return exit;
    }

    @Override
    public Exit stop(Duration grace) {
        return exit;
    }

    @Override
    public void collectLog() {}

    @Override
    public void close() {}
}
