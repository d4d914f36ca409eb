package dev.bench.docker;

import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import java.io.IOException;

/** Keeps a container as a checkpoint that CRIU has made of its processes, beside its writable layer. */
final class SavedContainer implements KeptState {
    private final DockerInstance container;
    private final Checkpoints checkpoints;
    private final long bytes;
    private boolean started;

    private SavedContainer(DockerInstance container, Checkpoints checkpoints, long bytes) {
        this.container = container;
        this.checkpoints = checkpoints;
        this.bytes = bytes;
    }

    static SavedContainer save(DockerInstance container, Checkpoints checkpoints) throws LaunchException {
        boolean kept = false;
        try {
            checkpoints.save(container.id());
            checkpoints.removeCopies();
            container.forgetProcess();
            SavedContainer saved = new SavedContainer(container, checkpoints, checkpoints.bytes(container.id()));
            kept = true;
            return saved;
        } catch (IOException | RuntimeException e) {
            throw refused("save", e);
        } finally {
            if (!kept) {
                container.close();
            }
        }
    }

    private static LaunchException refused(String what, Exception e) {
        String words = String.valueOf(e.getMessage()).strip().replaceAll("\\s+", " ");
        return new LaunchException(
                FailureKind.ENGINE,
                "the engine could not " + what + " the container: " + words + ". Look at CRIU with `bench doctor`",
                e);
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Instance start(PhaseRecorder phases) throws LaunchException {
        started = true;
        try {
            checkpoints.restore(container.id());
            phases.mark(PhaseName.STARTED);
            return container;
        } catch (IOException | RuntimeException e) {
            LaunchException refused = refused("restore", e);
            container.collectLog();
            container.close();
            throw refused;
        }
    }

    @Override
    public void close() {
        if (!started) {
            container.close();
        }
    }
}
