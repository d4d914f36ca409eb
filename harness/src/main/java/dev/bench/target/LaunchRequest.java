package dev.bench.target;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Asks for one instance.
 *
 * @param name unique on this host; carries the run id
 * @param address the instance's own address in the lab's network, with {@link Subnet#hardwareAddress} as its hardware
 *     address; reachable while the instance lives
 * @param log file that the workload's standard output and error go to
 * @param output gets every piece of output as it arrives, from any thread; null where nobody listens, so that a target
 *     can save itself the stream during the timed region
 */
public record LaunchRequest(
        String name,
        InetAddress address,
        Path log,
        @Nullable Consumer<Output> output) {
    /** Returns the same request for another name. */
    public LaunchRequest named(String other) {
        return new LaunchRequest(other, address, log, output);
    }

    /**
     * Carries a piece of output.
     *
     * @param nanos {@link System#nanoTime} at which it was read
     * @param bytes the bytes, not to be changed
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Output(long nanos, byte[] bytes) {}
}
