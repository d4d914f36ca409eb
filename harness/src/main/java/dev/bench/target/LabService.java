package dev.bench.target;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Serves whatever launches a driver's instances in one lab: an existing service, or the lab's own. Closing ends it. */
public interface LabService extends AutoCloseable {
    /** Returns its address, which {@link LabView#service} gives to targets. */
    String address();

    /** Returns its logs, which end with the lab, by the file of a result that each is kept in where a run fails. */
    default Map<String, Path> logs() {
        return Map.of();
    }

    /** Ends what was started, and removes what was made in an existing service; never throws. */
    @Override
    void close();

    /** Starts the service of a lab, or attaches to an existing one. */
    @FunctionalInterface
    interface Starter {
        /**
         * Starts it, and makes what targets of this lab share there. It may make the lab's bridge, as an engine does that
         * attaches its instances by itself; the lab makes it otherwise.
         *
         * @throws IOException where that fails; nothing of it remains then
         * @throws LabException where that fails and the message says what to try
         */
        LabService start(LabSite site) throws IOException, LabException;

        /** Returns whether it can be reached, or reaches its instances, in the network of the host only. */
        default boolean needsHostNetwork(@Nullable String endpoint, List<TargetDefinition> targets) {
            return endpoint != null;
        }
    }
}
