package dev.bench.jvm;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.session.SessionReport;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Carries one message of the measuring JVM, a line of JSON. Exactly one component is set.
 *
 * @param stage what begins now
 * @param launch a launch that ended
 * @param prepared the targets are open and proved
 * @param report the session ended
 * @param failure the session could not go on
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record SessionEvent(
        @Nullable String stage,
        @Nullable Launch launch,
        @Nullable Prepared prepared,
        @Nullable SessionReport report,
        @Nullable SessionFailure failure) {
    /** What a line starts with, so that anything a native library prints is told apart. */
    static final String PREFIX = "bench-event ";

    static SessionEvent stage(String description) {
        return new SessionEvent(description, null, null, null, null);
    }

    static SessionEvent launch(Launch launch) {
        return new SessionEvent(null, launch, null, null, null);
    }

    static SessionEvent prepared(Prepared prepared) {
        return new SessionEvent(null, null, prepared, null, null);
    }

    static SessionEvent report(SessionReport report) {
        return new SessionEvent(null, null, null, report, null);
    }

    static SessionEvent failure(SessionFailure failure) {
        return new SessionEvent(null, null, null, null, failure);
    }

    /**
     * Carries what {@link dev.bench.session.SessionListener#prepared} tells.
     *
     * @param targets every target
     * @param harness what the harness itself costs
     */
    record Prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {
        Prepared {
            targets = List.copyOf(targets);
        }
    }

    /**
     * Says why a session could not go on.
     *
     * @param message for a person
     * @param blame what it failed of
     */
    record SessionFailure(String message, Blame blame) {}
}
