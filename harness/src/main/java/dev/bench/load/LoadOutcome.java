package dev.bench.load;

import dev.bench.result.Quantile;
import java.util.List;

/**
 * Tells what came of a load.
 *
 * @param offeredPerSecond requests that were to begin per second of the window; in the closed loop those answered
 * @param answeredPerSecond right answers per second of the window
 * @param answered right answers within the window
 * @param failed requests of the window that were answered wrongly or whose connection broke
 * @param unanswered requests of the window without an answer a second after it; their latency counts as what it was then
 * @param response latency from the intended start; empty where nothing was answered
 * @param service latency from the moment of sending
 * @param lagMs 99th percentile of how late the generator itself got to a request, in milliseconds; 0 in the closed loop
 * @param busy share of the window in which the generator's threads ran or wanted to run, 0 to 1
 * @param clientBound whether the generator was the bottleneck, so that this is no result
 */
public record LoadOutcome(
        double offeredPerSecond,
        double answeredPerSecond,
        long answered,
        long failed,
        long unanswered,
        List<Quantile> response,
        List<Quantile> service,
        double lagMs,
        double busy,
        boolean clientBound) {
    public LoadOutcome {
        response = List.copyOf(response);
        service = List.copyOf(service);
    }
}
