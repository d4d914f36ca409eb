package dev.bench.session;

import dev.bench.result.PhaseName;
import dev.bench.result.TargetKind;
import dev.bench.target.Footprint;
import dev.bench.target.Instance;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import java.net.InetAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Launches nothing: its instance has ended with status 0 before anybody asks. What a launch of it takes on the measured
 * path is what the harness itself costs.
 */
final class NullTarget implements Target {
    static final String NAME = "null";

    @Override
    public TargetDefinition definition() {
        return new TargetDefinition(NAME, NAME, Map.of());
    }

    @Override
    public TargetKind kind() {
        return TargetKind.PROCESS;
    }

    @Override
    public boolean emulated() {
        return false;
    }

    @Override
    public Map<String, String> facts() {
        return Map.of();
    }

    @Override
    public boolean announcesExec() {
        return false;
    }

    @Override
    public Instance launch(LaunchRequest request, PhaseRecorder phases) {
        phases.mark(PhaseName.CREATED);
        phases.mark(PhaseName.STARTED);
        return new NullInstance(request, new Instance.Exit(0, System.nanoTime()));
    }

    @Override
    public Observation observe(LaunchRequest request) {
        throw new UnsupportedOperationException("nothing runs here");
    }

    @Override
    public void accountMemory() {}

    @Override
    public List<Long> daemons() {
        return List.of();
    }

    @Override
    public long imageBytes() {
        return 0;
    }

    @Override
    public void close() {}

    private record NullInstance(LaunchRequest request, Exit exit) implements Instance {
        @Override
        public String name() {
            return request.name();
        }

        @Override
        public InetAddress address() {
            return request.address();
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
}
