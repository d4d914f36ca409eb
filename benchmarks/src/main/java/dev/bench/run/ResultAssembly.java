package dev.bench.run;

import dev.bench.host.Sha256;
import dev.bench.plan.Gate;
import dev.bench.plan.Plan;
import dev.bench.result.Failure;
import dev.bench.result.ImageLayer;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import dev.bench.result.Secrets;
import dev.bench.result.WritableLayer;
import dev.bench.session.SessionReport;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Puts together what a run stores, before any statistics. */
final class ResultAssembly {
    private ResultAssembly() {}

    static Result assemble(
            RunRequest request,
            Subject subject,
            OpenedTargets prepared,
            List<SessionReport> reports,
            ResultStore store,
            Instant startedAt,
            @Nullable String failure,
            boolean partial) {
        Plan plan = request.plan();
        List<String> warnings = new ArrayList<>(request.planWarnings());
        if (failure != null) {
            warnings.add("the run ended early: " + failure);
        }
        Map<String, Failure> givenUp = new TreeMap<>();
        reports.forEach(report -> givenUp.putAll(report.givenUp()));
        Map<String, WritableLayer> writable = new TreeMap<>();
        reports.forEach(report -> writable.putAll(report.writable()));
        givenUp.forEach((target, reason) -> warnings.add("target " + target + " was given up: " + reason.message()));
        return new Result(
                Result.SCHEMA,
                store.directory().getFileName().toString(),
                request.tool(),
                Secrets.maskArguments(request.command()),
                startedAt.toString(),
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                reports.stream().mapToDouble(SessionReport::wallSeconds).sum(),
                new Result.ScenarioFacts(plan.name(), sha256(store), plan.measure(), plan.claims()),
                new Result.PlanFacts(
                        plan.schedule().seed(),
                        plan.schedule().blocks(),
                        plan.schedule().sessions(),
                        plan.reference(),
                        plan.controlName(),
                        plan.gate() == null ? null : gate(plan, plan.gate(), subject)),
                subject.host(),
                workload(plan, plan.workload().image(), subject.image(), subject.layers()),
                prepared.targets().stream()
                        .map(target ->
                                target.writing(writable.get(target.name())).masked())
                        .toList(),
                prepared.harness(),
                List.of(),
                List.of(),
                warnings,
                partial);
    }

    private static Result.WorkloadFacts workload(
            Plan plan, ImageSource source, PreparedImage image, List<ImageLayer> layers) {
        return new Result.WorkloadFacts(
                source.describe(),
                image.digest(),
                image.treeDigest(),
                Secrets.maskArguments(image.config().argv()),
                plan.workload().readiness().describe(),
                plan.limits().describe(),
                layers,
                plan.workload().readiness() instanceof Readiness.Exit,
                plan.limits().cpus());
    }

    private static Result.GateFacts gate(Plan plan, Gate gate, Subject subject) {
        PreparedImage image = subject.image();
        PreparedImage baseline = subject.baseline();
        List<String> notes = new ArrayList<>(gate.notes());
        if (baseline != null && baseline.digest().equals(image.digest())) {
            notes.add("the baseline's image is the very image that is judged, " + image.digest());
        }
        return new Result.GateFacts(
                gate.baseline(),
                gate.baselines(),
                gate.image() == null || baseline == null ? null : workload(plan, gate.image(), baseline, List.of()),
                gate.budgets(),
                gate.limits(),
                notes);
    }

    private static String sha256(ResultStore store) {
        try {
            return Sha256.of(store.directory().resolve("scenario.yaml"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
