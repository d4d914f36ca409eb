package dev.bench.analysis;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Corrects several tests for their number (Holm, Scandinavian Journal of Statistics 6, 1979). */
public final class Holm {
    /** Adjusted p-value below which a test rejects. */
    public static final double ALPHA = 0.05;

    private Holm() {}

    /** Returns the adjusted p-values, in the order given. */
    public static double[] adjust(List<Double> pValues) {
        int n = pValues.size();
        List<Integer> order = IntStream.range(0, n)
                .boxed()
                .sorted(Comparator.comparing(pValues::get))
                .toList();
        double[] adjusted = new double[n];
        double largest = 0;
        for (int rank = 0; rank < n; rank++) {
            int index = order.get(rank);
            largest = Math.max(largest, Math.min(1, (n - rank) * pValues.get(index)));
            adjusted[index] = largest;
        }
        return adjusted;
    }
}
