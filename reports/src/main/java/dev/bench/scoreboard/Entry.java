package dev.bench.scoreboard;

import dev.bench.analysis.Analysed;
import dev.bench.report.ReportPieces;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.MeasureView;
import dev.bench.view.ReportContext;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Holds one result on a scoreboard.
 *
 * @param label the scenario's name, or the result's where two scenarios have one name; from outside, not escaped
 * @param pieces its report
 */
record Entry(String label, ReportPieces pieces) {
    /** Labels results so that no two look alike. */
    static List<Entry> of(List<ReportPieces> all) {
        Map<String, Integer> seen = new HashMap<>();
        return all.stream()
                .map(pieces -> {
                    Result result = pieces.analysed().result();
                    String name = result.scenario().name();
                    boolean alone = all.stream()
                                    .filter(other -> other.analysed()
                                            .result()
                                            .scenario()
                                            .name()
                                            .equals(name))
                                    .count()
                            == 1;
                    int number = seen.merge(result.id(), 1, Integer::sum);
                    return new Entry(alone ? name : result.id() + (number == 1 ? "" : " (" + number + ")"), pieces);
                })
                .toList();
    }

    Analysed analysed() {
        return pieces.analysed();
    }

    ReportContext context() {
        return pieces.context();
    }

    MeasureView view() {
        return context().view();
    }

    Result result() {
        return analysed().result();
    }

    /** Returns the targets of a substrate, in scenario order. */
    List<Result.TargetFacts> targets(TargetKind kind) {
        return result().targets().stream()
                .filter(target -> target.kind().equals(kind))
                .toList();
    }
}
