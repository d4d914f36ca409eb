package dev.bench.compare;

import dev.bench.result.Count;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** Says what a reader of a comparison must know. */
final class Notes {
    private static final int FEW = 10;

    private Notes() {}

    static List<String> of(Side base, Side head, boolean paired, List<Difference> differences, List<Compared> rows) {
        List<String> notes = new ArrayList<>();
        Stream.concat(base.notes().stream(), head.notes().stream()).distinct().forEach(notes::add);
        differences.stream()
                .filter(Difference::decisive)
                .forEach(difference -> notes.add("the " + difference.scope().words() + "'s " + difference.name()
                        + " differs, so what it touches is inconclusive: measure both on the same"));
        if (base.partial() || head.partial()) {
            notes.add("a partial result decides nothing: run it again to its end");
        }
        alone(notes, "BASE", base, head);
        alone(notes, "HEAD", head, base);
        if (!paired && base.kind() == Side.Kind.RESULT) {
            notes.add("the two were measured at different times, so their launches are not paired: what changed on the"
                    + " host in between cannot be told from what changed in the workload");
        }
        if (rows.stream().anyMatch(row -> row.sampling() == Sampling.ITERATION)) {
            notes.add("iterations are the samples where forks are too few; iterations of one fork depend on each other,"
                    + " so intervals are too narrow: use more forks");
        }
        if (rows.stream().anyMatch(row -> row.sampling() == Sampling.FORK)) {
            notes.add("forks are taken as blocks: each is one sample, the median of its iterations");
        }
        int fewest = rows.stream()
                .mapToInt(row -> Math.min(row.shift().baseCount(), row.shift().headCount()))
                .min()
                .orElse(0);
        if (base.kind() == Side.Kind.RESULT && fewest < FEW) {
            notes.add("only " + Count.of(fewest, "sample") + ": use 10 at least, 20 to tell small differences");
        }
        return notes;
    }

    private static void alone(List<String> notes, String name, Side side, Side other) {
        if (side.chosen() != null || other.chosen() != null) {
            return;
        }
        String[] missing = Stream.of(side.targets(), side.measures())
                .flatMap(List::stream)
                .filter(found ->
                        !other.targets().contains(found) && !other.measures().contains(found))
                .toArray(String[]::new);
        if (missing.length > 0) {
            notes.add("only in " + name + ", not compared: " + String.join(", ", Arrays.asList(missing)));
        }
    }
}
