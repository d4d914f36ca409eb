package dev.bench.target;

import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Runs for ever on this host, keeps nothing and says nothing; tests say what else it does. */
public class QuietInstance implements Instance {
    @Override
    public String name() {
        return "quiet";
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public @Nullable Exit exit() {
        return null;
    }

    @Override
    public @Nullable Exit stop(Duration grace) {
        return null;
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
