package dev.bench.measure.stack;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Finds what an application waited for: from its last moment back to the first, at every service to the dependency that was
 * there last.
 */
final class CriticalPath {
    private static final String STARTS = "starts";
    private static final String GETS_HEALTHY = "gets healthy";
    private static final String COMPLETES = "completes";

    private final Map<String, StackRecord.ServiceTimes> services;
    private final List<StackRecord.PathPart> parts = new ArrayList<>();

    private CriticalPath(List<StackRecord.ServiceTimes> services) {
        this.services =
                services.stream().collect(Collectors.toMap(StackRecord.ServiceTimes::name, Function.identity()));
    }

    /**
     * Returns its parts in order of time. Between two of them nothing happens but that one service is told of another.
     *
     * @param services how they came up, one at least
     * @param front name of the service that was asked
     * @param answerMs when it had answered correctly
     */
    static List<StackRecord.PathPart> of(List<StackRecord.ServiceTimes> services, String front, double answerMs) {
        CriticalPath path = new CriticalPath(services);
        StackRecord.ServiceTimes last = services.stream()
                .max(Comparator.comparingDouble(StackRecord.ServiceTimes::readyMs))
                .orElseThrow();
        StackRecord.ServiceTimes asked = path.services.get(front);
        if (asked != null && answerMs >= last.readyMs()) {
            path.add(front, StackRecord.PathPart.ANSWERS, asked.startedMs(), answerMs);
            path.begin(asked);
        } else {
            path.ready(last);
        }
        Collections.reverse(path.parts);
        return List.copyOf(path.parts);
    }

    private void ready(StackRecord.ServiceTimes service) {
        Double completed = service.completedMs();
        if (completed != null && completed >= service.readyMs()) {
            until(service, "completed");
        } else {
            until(service, service.healthyMs() == null ? "started" : "healthy");
        }
    }

    /** Adds what it took a service to come to a condition. */
    private void until(StackRecord.ServiceTimes service, String condition) {
        if (condition.equals("completed")) {
            add(service.name(), COMPLETES, service.startedMs(), moment(service, condition));
        } else if (condition.equals("healthy")) {
            add(service.name(), GETS_HEALTHY, service.startedMs(), moment(service, condition));
        }
        begin(service);
    }

    private void begin(StackRecord.ServiceTimes service) {
        add(service.name(), STARTS, service.requestedMs(), service.startedMs());
        Optional<StackRecord.Edge> latest = service.after().stream()
                .filter(edge -> services.containsKey(edge.service()))
                .max(Comparator.comparingDouble(this::satisfied));
        if (latest.isPresent()) {
            StackRecord.ServiceTimes other = services.get(latest.get().service());
            if (other != null) {
                until(other, latest.get().condition());
            }
        }
    }

    private double satisfied(StackRecord.Edge edge) {
        StackRecord.ServiceTimes other = services.get(edge.service());
        return other == null ? 0 : moment(other, edge.condition());
    }

    private static double moment(StackRecord.ServiceTimes service, String condition) {
        Double healthy = service.healthyMs();
        Double completed = service.completedMs();
        if (condition.equals("healthy") && healthy != null) {
            return healthy;
        }
        return condition.equals("completed") && completed != null ? completed : service.startedMs();
    }

    private void add(String service, String what, double startMs, double endMs) {
        parts.add(new StackRecord.PathPart(service, what, startMs, endMs));
    }
}
