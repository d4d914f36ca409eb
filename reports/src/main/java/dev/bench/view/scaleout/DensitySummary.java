package dev.bench.view.scaleout;

import dev.bench.analysis.OrderStatistics;
import dev.bench.measure.scaleout.ScaleOutTrial;
import dev.bench.measure.scaleout.ScaleOutTrial.Density;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Sums up over the measured trials how many instances of a target fulfil the declared bound.
 *
 * @param target the target, or its A/A copy
 * @param load the load it was judged at
 * @param sloMs the bound of the 99th percentile in milliseconds
 * @param median median number of instances
 * @param least smallest number
 * @param most largest number
 * @param stop why not more, as most trials say it
 * @param n number of trials
 */
public record DensitySummary(
        String target, String load, double sloMs, double median, double least, double most, String stop, int n) {
    /** What was seen, which differs from trial to trial. */
    private static final Pattern SEEN = Pattern.compile(" \\([^)]*\\)$");

    /** Sums up one target after another, in the order of the trials; empty where no bound was declared. */
    public static List<DensitySummary> of(List<ScaleOutTrial> trials) {
        Map<String, List<Density>> found = new LinkedHashMap<>();
        for (ScaleOutTrial trial : trials) {
            Density density = trial.density();
            if (!trial.warmup() && density != null) {
                found.computeIfAbsent(trial.target(), name -> new ArrayList<>()).add(density);
            }
        }
        return found.entrySet().stream()
                .map(entry -> of(entry.getKey(), entry.getValue()))
                .toList();
    }

    private static DensitySummary of(String target, List<Density> densities) {
        double[] sorted =
                densities.stream().mapToDouble(Density::instances).sorted().toArray();
        Density any = densities.get(0);
        return new DensitySummary(
                target,
                any.load(),
                any.sloMs(),
                OrderStatistics.median(sorted),
                sorted[0],
                sorted[sorted.length - 1],
                commonest(densities),
                sorted.length);
    }

    private static String commonest(List<Density> densities) {
        Map<String, Long> counts = densities.stream()
                .collect(Collectors.groupingBy(
                        density -> SEEN.matcher(density.stop()).replaceFirst(""),
                        LinkedHashMap::new,
                        Collectors.counting()));
        return counts.entrySet().stream()
                .max(Map.Entry.comparingByValue())
                .map(Map.Entry::getKey)
                .orElseThrow();
    }
}
