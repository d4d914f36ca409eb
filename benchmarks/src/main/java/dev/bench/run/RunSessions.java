package dev.bench.run;

import dev.bench.jvm.Blame;
import dev.bench.jvm.SessionException;
import dev.bench.measure.Measures;
import dev.bench.plan.Plan;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.Secrets;
import dev.bench.session.Cancellation;
import dev.bench.session.SessionListener;
import dev.bench.session.SessionOrder;
import dev.bench.session.SessionReport;
import dev.bench.target.Faculty;
import dev.bench.target.LabView;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs the sessions of one run, one after another, and keeps what they tell. For use by one thread, once. */
final class RunSessions {
    private final RunRequest request;
    private final Subject subject;
    private final ResultStore store;
    private final Instant startedAt;
    private final SessionListener listener;
    private final Cancellation cancellation;
    private final List<SessionReport> reports = new ArrayList<>();
    private final OpenedTargets prepared = new OpenedTargets();

    /** Runs one session to its end. */
    @FunctionalInterface
    interface Runner {
        /**
         * Runs it.
         *
         * @param log file for everything it prints
         * @throws SessionException where it could not go on
         */
        SessionReport run(SessionOrder order, Path log, SessionListener listener, Cancellation cancellation)
                throws SessionException;
    }

    /**
     * Tells how the sessions ended.
     *
     * @param result what is stored of the run, before any statistics
     * @param reports of the sessions that came to their end
     * @param failure what ended the run early, for a person, or null
     * @param blame what an early end came of; without a failure it means nothing
     */
    record Ending(
            Result result,
            List<SessionReport> reports,
            @Nullable String failure,
            Blame blame) {
        Ending {
            reports = List.copyOf(reports);
        }
    }

    /** Prepares the sessions; nothing happens yet. */
    RunSessions(
            RunRequest request,
            Subject subject,
            ResultStore store,
            Instant startedAt,
            SessionListener listener,
            Cancellation cancellation) {
        this.request = request;
        this.subject = subject;
        this.store = store;
        this.startedAt = startedAt;
        this.listener = listener;
        this.cancellation = cancellation;
    }

    /** Runs to the end of the plan, to the cancellation, or to the first session that cannot go on. */
    Ending run(LabView lab, Runner runner) {
        Plan plan = request.plan();
        // What a trial builds itself cannot be proved before.
        boolean proves = !Measures.of(plan).takes(Faculty.BUILD);
        try {
            for (int session = 1; session <= plan.schedule().sessions() && !cancellation.requested(); session++) {
                SessionOrder order = new SessionOrder(
                        plan,
                        subject.image(),
                        subject.baseline(),
                        subject.services(),
                        subject.changed(),
                        lab,
                        session,
                        proves && session == 1,
                        store.directory());
                Path log = store.logs().resolve("session-" + session + ".log");
                reports.add(runner.run(order, log, recording(), cancellation));
            }
            return new Ending(result(null, isPartial()), reports, null, Blame.TOOL);
        } catch (SessionException e) {
            String failure = Secrets.mask(String.valueOf(e.getMessage()));
            return new Ending(result(failure, true), reports, failure, e.blame());
        }
    }

    /** Keeps what the sessions tell of their targets, and passes everything on. */
    private SessionListener recording() {
        return new SessionListener() {
            @Override
            public void stage(String description) {
                listener.stage(description);
            }

            @Override
            public void prepared(List<Result.TargetFacts> targets, Result.HarnessCost harness) {
                prepared.add(targets, harness);
                // From here on a run that is killed can be reported, by what it has measured until then.
                store.write(result(null, true));
                listener.prepared(targets, harness);
            }

            @Override
            public void launched(Launch launch) {
                listener.launched(launch);
            }
        };
    }

    private boolean isPartial() {
        return reports.size() < request.plan().schedule().sessions()
                || reports.stream().anyMatch(report -> !report.complete());
    }

    private Result result(@Nullable String failure, boolean partial) {
        return ResultAssembly.assemble(request, subject, prepared, reports, store, startedAt, failure, partial);
    }
}
