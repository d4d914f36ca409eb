package dev.bench.libvirt;

import dev.bench.host.FileTrees;
import dev.bench.result.FailureKind;
import dev.bench.target.Instance;
import dev.bench.target.KeptState;
import dev.bench.target.LaunchException;
import dev.bench.target.PhaseRecorder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.libvirt.LibvirtException;

/** Keeps a machine on disk: its memory and devices in libvirt's saved state, beside its own disk as it stood then. */
final class SavedMachine implements KeptState {
    private static final String STATE = "state";

    private final LibvirtInstance saved;
    private final MachineStarter starter;
    private final Path state;
    private final long bytes;
    private boolean started;

    private SavedMachine(LibvirtInstance saved, MachineStarter starter, Path state, long bytes) {
        this.saved = saved;
        this.starter = starter;
        this.state = state;
        this.bytes = bytes;
    }

    static SavedMachine save(LibvirtInstance machine, MachineStarter starter) throws LaunchException {
        Path state = machine.directory().resolve(STATE);
        boolean kept = false;
        try {
            starter.save(machine, state);
            machine.leave();
            kept = true;
            return new SavedMachine(machine, starter, state, FileTrees.allocatedBytes(List.of(state)));
        } catch (LibvirtException | IOException e) {
            if (kept) {
                remove(machine.directory());
            }
            throw new LaunchException(FailureKind.ENGINE, "libvirt could not save the machine: " + e.getMessage(), e);
        } finally {
            if (!kept) {
                machine.close();
            }
        }
    }

    @Override
    public long bytes() {
        return bytes;
    }

    @Override
    public Instance start(PhaseRecorder phases) throws LaunchException {
        started = true;
        try {
            LibvirtInstance restored = saved.successor(starter.lab().runDirectory());
            starter.restore(restored, state, phases);
            return restored;
        } catch (IOException e) {
            remove(saved.directory());
            throw new LaunchException(FailureKind.ENGINE, "cannot listen on the machine's ports: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        if (!started) {
            remove(saved.directory());
        }
    }

    private static void remove(Path directory) {
        try {
            if (Files.exists(directory)) {
                FileTrees.delete(directory);
            }
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
