package dev.bench.probe;

/** Watches an instance by asking it. */
final class NetworkWatch implements Watch {
    private final Watched instance;
    private final NetworkProber prober;

    NetworkWatch(Protocol protocol, Watched instance) {
        this.instance = instance;
        this.prober = new NetworkProber(protocol, instance);
    }

    @Override
    public void begin() {
        prober.start();
    }

    @Override
    public String missed(String within) {
        return prober.describe() + " gave no correct answer on "
                + instance.address().getHostAddress() + within + "; last seen: " + prober.lastSeen()
                + ". Check workload.ready";
    }

    @Override
    public void close() {
        prober.stop();
    }
}
