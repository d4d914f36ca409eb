package dev.bench.scoreboard;

import dev.bench.document.Numbers;
import dev.bench.result.TargetKind;
import dev.bench.view.Answer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Says of each substrate in one sentence how many times it takes what the reference takes. */
final class Summary {
    private Summary() {}

    /** Returns a sentence per substrate; none where the scenarios do not compare with one and the same substrate. */
    static List<String> of(Scoreboard board) {
        Set<TargetKind> references =
                board.rows().stream().flatMap(row -> reference(row).stream()).collect(Collectors.toSet());
        if (references.size() != 1) {
            return List.of();
        }
        TargetKind reference = references.iterator().next();
        return board.columns().stream()
                .filter(kind -> !kind.equals(reference))
                .flatMap(kind -> sentence(board, kind, reference).stream())
                .toList();
    }

    private static Optional<TargetKind> reference(Row row) {
        return row.cells().entrySet().stream()
                .filter(entry -> entry.getValue().stream().anyMatch(Answer::isReference))
                .map(Map.Entry::getKey)
                .findFirst();
    }

    private static Optional<String> sentence(Scoreboard board, TargetKind kind, TargetKind reference) {
        Map<String, List<Double>> ratios = new LinkedHashMap<>();
        boolean emulated = false;
        for (Row row : board.rows()) {
            for (Answer cell : row.cells(kind)) {
                Double ratio = cell.ratio();
                emulated |= cell.emulated();
                if (ratio != null) {
                    ratios.computeIfAbsent(row.subject(), subject -> new ArrayList<>())
                            .add(ratio);
                }
            }
        }
        if (ratios.isEmpty()) {
            return Optional.empty();
        }
        String parts = ratios.entrySet().stream()
                .map(entry -> range(entry.getValue()) + " " + entry.getKey())
                .collect(Collectors.joining(", "));
        String name = Scoreboard.name(kind);
        return Optional.of(name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1)
                + (emulated ? " (emulated)" : "") + ", against " + Scoreboard.name(reference) + ": " + parts + ".");
    }

    private static String range(List<Double> ratios) {
        double least = ratios.stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most = ratios.stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        String low = Numbers.ratio(least);
        String high = Numbers.ratio(most);
        return low.equals(high) ? low : Numbers.digits(least) + "–" + high;
    }
}
