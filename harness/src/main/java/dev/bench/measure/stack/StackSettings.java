package dev.bench.measure.stack;

import dev.bench.plan.MeasureSettings;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Asks for an application to be brought up and taken down.
 *
 * @param change name of the service whose image is changed in between, or null for none
 * @param early whether a health check that asks on the network is executed as soon as its service accepts connections, not
 *     only at its interval
 * @param load what the service in front is asked once all is up, or null for nothing
 */
public record StackSettings(
        @Nullable String change, boolean early, @Nullable FrontLoad load) implements MeasureSettings {
    /**
     * Says what the service in front is asked, in a closed loop and, where a rate is given, in an open one.
     *
     * @param connections kept connections
     * @param duration the measured window of each loop
     * @param path what is asked for
     * @param ratePerSecond requests that begin per second in the open loop; 0 for none
     */
    public record FrontLoad(int connections, Duration duration, String path, double ratePerSecond) {
        /** Returns how many loops there are. */
        public int loops() {
            return ratePerSecond > 0 ? 2 : 1;
        }
    }
}
