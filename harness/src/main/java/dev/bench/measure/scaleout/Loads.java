package dev.bench.measure.scaleout;

import dev.bench.load.Load;
import dev.bench.load.LoadGenerator;
import dev.bench.load.LoadOutcome;
import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import dev.bench.measure.scaleout.ScaleOutTrial.LoadPoint;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Applies the loads of a plan to one number of instances after the other. Used by one thread. */
final class Loads {
    private final Throughput plan;
    private final Readiness.Http http;
    private final LoadGenerator generator;

    /**
     * Prepares the loads.
     *
     * @param http where and how instances answer
     */
    Loads(Throughput plan, Readiness.Http http, LoadGenerator generator) {
        this.plan = plan;
        this.http = http;
        this.generator = generator;
    }

    /** Returns what an open load is called. */
    static String each(double rate) {
        return plain(rate) + "/s each";
    }

    private static String ofClosed(double share) {
        return plain(share) + " of closed";
    }

    private static String plain(double value) {
        return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }

    /** Returns the names of all loads. */
    private List<String> names() {
        List<String> names = new ArrayList<>(List.of(LoadPoint.CLOSED));
        plan.shares().forEach(share -> names.add(ofClosed(share)));
        plan.ratesEach().forEach(rate -> names.add(each(rate)));
        return names;
    }

    /** Returns that none was applied to a number of instances, and why. */
    List<LoadPoint> skipped(int instances, String why) {
        return names().stream()
                .map(name -> LoadPoint.skipped(instances, name, why))
                .toList();
    }

    /**
     * Applies every load to these instances.
     *
     * @param tag what the histograms' names begin with
     */
    List<LoadPoint> apply(List<InetAddress> instances, String tag) throws InterruptedException {
        List<LoadPoint> points = new ArrayList<>();
        LoadPoint closed = point(instances, LoadPoint.CLOSED, 0, tag);
        points.add(closed);
        for (double share : plan.shares()) {
            String name = ofClosed(share);
            points.add(
                    closed.answeredPerSecond() > 0
                            ? point(instances, name, share * closed.answeredPerSecond(), tag)
                            : LoadPoint.skipped(instances.size(), name, "the closed loop got no answer"));
        }
        for (double rate : plan.ratesEach()) {
            points.add(point(instances, each(rate), rate * instances.size(), tag));
        }
        return points;
    }

    /** Returns the numbers of instances to measure, the largest first. */
    List<Integer> instancesDownwards() {
        List<Integer> downwards = new ArrayList<>(plan.instances());
        Collections.reverse(downwards);
        return downwards;
    }

    /** Returns how many instances the declared bound allows, or null where none is declared. */
    @Nullable
    Density density(List<LoadPoint> points) {
        Duration bound = plan.slo();
        return bound == null
                ? null
                : new DensityRule(each(plan.ratesEach().get(0)), bound.toNanos() / 1e6).judge(points);
    }

    /** Returns the metrics of the largest number of instances; what the client bounded is no result and left out. */
    Map<String, Double> figures(List<LoadPoint> points) {
        Map<String, Double> values = new LinkedHashMap<>();
        for (LoadPoint point : points) {
            if (point.instances() != plan.most() || !point.isResult()) {
                continue;
            }
            if (point.load().equals(LoadPoint.CLOSED) && point.answered() > 0) {
                values.put(ScaleOutMetrics.REQUESTS.id(), point.answeredPerSecond());
            }
            if (!plan.ratesEach().isEmpty()
                    && point.load().equals(each(plan.ratesEach().get(0)))) {
                DensityRule.tail(point.response()).ifPresent(tail -> values.put(ScaleOutMetrics.LATENCY.id(), tail));
            }
        }
        return values;
    }

    private LoadPoint point(List<InetAddress> instances, String name, double rate, String tag)
            throws InterruptedException {
        Load load = Load.of(instances, http, plan.path(), plan.connections(), plan.duration(), rate);
        try {
            LoadOutcome outcome = generator.run(load, tag + "." + instances.size() + "." + name);
            return new LoadPoint(
                    instances.size(),
                    name,
                    outcome.offeredPerSecond(),
                    outcome.answeredPerSecond(),
                    outcome.answered(),
                    outcome.failed(),
                    outcome.unanswered(),
                    outcome.response(),
                    outcome.service(),
                    outcome.lagMs(),
                    outcome.busy(),
                    outcome.clientBound(),
                    null);
        } catch (IOException e) {
            return LoadPoint.skipped(instances.size(), name, String.valueOf(e.getMessage()));
        }
    }
}
