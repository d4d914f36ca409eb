package dev.bench.session;

import dev.bench.probe.ReadinessProbe;
import dev.bench.target.Target;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * Describes one place in a block's order, to be filled by an operation.
 *
 * @param label what it is called in results: the target's name, or that of its A/A copy
 * @param target what to launch on, open
 * @param session number of the session, from 1
 * @param block number of the block within the session; the first ones are discarded
 * @param names gives a fresh unique name for each further instance, which carries the run id
 * @param addresses gives each instance its address
 * @param log file for the output of an instance that fails
 */
public record Trial(
        String label, Target target, int session, int block, Supplier<String> names, AddressPool addresses, Path log) {
    /** Returns a launch of one instance, which takes the next name and address; nothing happens yet. */
    public LaunchOperation launch(ReadinessProbe probe) {
        return launch(probe, log);
    }

    /** Returns a launch as {@link #launch(ReadinessProbe)} does, on another target. */
    public LaunchOperation launch(Target other, ReadinessProbe probe) {
        return new LaunchOperation(label, other, probe, names.get(), addresses.next(), log);
    }

    /**
     * Returns a launch as {@link #launch(ReadinessProbe)} does.
     *
     * @param instanceLog file for the output of this instance
     */
    public LaunchOperation launch(ReadinessProbe probe, Path instanceLog) {
        return launch(probe, instanceLog, addresses.next());
    }

    /**
     * Returns a launch as {@link #launch(ReadinessProbe)} does.
     *
     * @param instanceLog file for the output of this instance
     * @param address one that an earlier launch of this trial had, whose instance is gone
     */
    public LaunchOperation launch(ReadinessProbe probe, Path instanceLog, InetAddress address) {
        return new LaunchOperation(label, target, probe, names.get(), address, instanceLog);
    }
}
