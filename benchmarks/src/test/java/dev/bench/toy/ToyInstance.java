package dev.bench.toy;

import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LaunchRequest;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs one thread, which ends by itself with status 0. */
final class ToyInstance implements Instance {
    private final LaunchRequest request;
    private final Thread thread;

    private volatile @Nullable Exit exit;

    ToyInstance(LaunchRequest request, long milliseconds) {
        this.request = request;
        this.thread = new Thread(() -> run(milliseconds), request.name());
        thread.start();
    }

    private void run(long milliseconds) {
        int status = 0;
        try {
            Thread.sleep(milliseconds);
        } catch (InterruptedException e) {
            status = 128 + 9;
        }
        exit = new Exit(status, System.nanoTime());
    }

    @Override
    public String name() {
        return request.name();
    }

    @Override
    public InetAddress address() {
        return request.address();
    }

    @Override
    public @Nullable Exit exit() {
        return exit;
    }

    @Override
    public @Nullable Exit stop(Duration grace) {
        close();
        return exit;
    }

    @Override
    public Footprint footprint() {
        return new Footprint(List.of(request.name()), List.of(), List.of(), 0);
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
    public void close() {
        thread.interrupt();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
