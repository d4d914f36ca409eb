package dev.bench.calibrate;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Does several things at the same time, each in a thread of its own. */
final class Together {
    private Together() {}

    /**
     * Returns what each gave, in their order, once all have ended.
     *
     * @param what what they do, for the message
     * @throws IOException where one of them fails
     */
    static <T> List<T> run(String what, List<Callable<T>> work) throws IOException, InterruptedException {
        ExecutorService threads = Executors.newFixedThreadPool(work.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> done : threads.invokeAll(work)) {
                results.add(done.get());
            }
            return results;
        } catch (ExecutionException e) {
            throw new IOException(what + " failed: " + e.getCause(), e);
        } finally {
            threads.shutdown();
        }
    }
}
