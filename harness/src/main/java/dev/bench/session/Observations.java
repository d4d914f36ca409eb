package dev.bench.session;

import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Lets targets look from inside at the same time: nothing is timed yet, and a guest takes longer than all others. */
final class Observations {
    private Observations() {}

    /**
     * Observes every target and returns what they saw, in their order, once all have ended.
     *
     * @throws TargetException of the first target, in their order, that could not
     */
    static List<Observation> of(List<Target> targets, Function<Target, LaunchRequest> requests) throws TargetException {
        ExecutorService threads = Executors.newFixedThreadPool(targets.size());
        List<Future<Observation>> pending = new ArrayList<>();
        for (Target target : targets) {
            LaunchRequest request = requests.apply(target);
            pending.add(threads.submit(() -> target.observe(request)));
        }
        threads.shutdown();
        List<Observation> observations = new ArrayList<>();
        List<Throwable> failures = new ArrayList<>();
        for (int i = 0; i < pending.size(); i++) {
            try {
                observations.add(pending.get(i).get());
            } catch (ExecutionException e) {
                failures.add(e.getCause() == null ? e : e.getCause());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new TargetException(
                        targets.get(i).definition().name(), "was interrupted while it was observed", "", e);
            }
        }
        if (!failures.isEmpty()) {
            rethrow(failures.get(0));
        }
        return observations;
    }

    private static void rethrow(Throwable failure) throws TargetException {
        if (failure instanceof TargetException refused) {
            throw refused;
        }
        if (failure instanceof RuntimeException unexpected) {
            throw unexpected;
        }
        throw new IllegalStateException(failure);
    }
}
