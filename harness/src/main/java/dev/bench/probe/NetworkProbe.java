package dev.bench.probe;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.workload.Readiness;
import java.net.InetAddress;

/** Tells readiness by an answer on the network: a probe has only to say what is asked, and what is a correct answer. */
abstract class NetworkProbe implements Probe {
    /** Returns the conversation that shows that an instance is ready. */
    abstract Protocol protocol(Readiness readiness, InetAddress address);

    @Override
    public final boolean asks() {
        return true;
    }

    @Override
    public final Watch watch(Readiness readiness, Watched instance) {
        return new NetworkWatch(protocol(readiness, instance.address()), instance);
    }

    /** Declares a TCP port without a default. */
    static Key<Integer> port() {
        return Key.of("port", Forms.whole(1, 65_535), "TCP port.");
    }
}
