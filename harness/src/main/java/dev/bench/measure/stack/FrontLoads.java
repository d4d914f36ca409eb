package dev.bench.measure.stack;

import dev.bench.load.Load;
import dev.bench.load.LoadGenerator;
import dev.bench.load.LoadOutcome;
import dev.bench.result.FailureKind;
import dev.bench.result.Quantile;
import dev.bench.target.LaunchException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Asks the service in front over HTTP, as often as it answers and then at a rate. Used by one thread. */
final class FrontLoads {
    private static final double TAIL = 99;

    private final StackSettings.FrontLoad asked;
    private final Readiness.Http http;
    private final LoadGenerator generator;

    /**
     * Prepares the loads.
     *
     * @param http where and how the service answers
     */
    FrontLoads(StackSettings.FrontLoad asked, Readiness.Http http, LoadGenerator generator) {
        this.asked = asked;
        this.http = http;
        this.generator = generator;
    }

    /**
     * Applies them, one after the other.
     *
     * @param front address of the service
     * @param tag what the histograms' names begin with
     * @throws LaunchException where it does not let itself be connected to
     */
    List<StackRecord.FrontLoad> apply(InetAddress front, String tag) throws LaunchException, InterruptedException {
        List<StackRecord.FrontLoad> loads = new ArrayList<>();
        loads.add(apply(front, tag + ".closed", 0));
        if (asked.ratePerSecond() > 0) {
            loads.add(apply(front, tag + ".open", asked.ratePerSecond()));
        }
        return loads;
    }

    private StackRecord.FrontLoad apply(InetAddress front, String tag, double rate)
            throws LaunchException, InterruptedException {
        try {
            LoadOutcome outcome = generator.run(
                    Load.of(List.of(front), http, asked.path(), asked.connections(), asked.duration(), rate), tag);
            return new StackRecord.FrontLoad(
                    rate > 0,
                    outcome.offeredPerSecond(),
                    outcome.answeredPerSecond(),
                    outcome.answered(),
                    outcome.failed() + outcome.unanswered(),
                    outcome.response(),
                    outcome.service(),
                    outcome.busy(),
                    outcome.clientBound());
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.LOAD, "the service in front cannot be asked under load: " + e.getMessage(), e);
        }
    }

    /** Returns the metrics; what the client bounded is no result and left out. */
    static Map<String, Double> figures(List<StackRecord.FrontLoad> loads) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (StackRecord.FrontLoad load : loads) {
            if (load.clientBound() || load.answered() == 0) {
                continue;
            }
            if (load.open()) {
                Quantile.at(load.response(), TAIL).ifPresent(tail -> values.put(StackMetrics.LATENCY.id(), tail));
            } else {
                values.put(StackMetrics.REQUESTS.id(), load.answeredPerSecond());
            }
        }
        return values;
    }
}
