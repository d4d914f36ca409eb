package dev.bench.load;

import dev.bench.result.Quantile;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/** Makes and writes histograms of nanoseconds (HdrHistogram, three significant digits from a microsecond up). */
final class Histograms {
    private static final long LOWEST_NANOS = 1_000;
    private static final long HIGHEST_NANOS = 600_000_000_000L;
    private static final int DIGITS = 3;

    /** The axis of a percentile plot: each step halves what is left, as far as a short window can tell. */
    private static final double[] PERCENTILES = {0, 10, 25, 50, 75, 90, 95, 99, 99.5, 99.9, 99.95, 99.99, 100};

    private Histograms() {}

    static Histogram create() {
        Histogram histogram = new Histogram(LOWEST_NANOS, HIGHEST_NANOS, DIGITS);
        // What took longer than the histogram reaches would otherwise be an error in the middle of a measurement.
        histogram.setAutoResize(true);
        return histogram;
    }

    static List<Quantile> quantiles(Histogram histogram) {
        List<Quantile> quantiles = new ArrayList<>();
        if (histogram.getTotalCount() > 0) {
            for (double percentile : PERCENTILES) {
                quantiles.add(new Quantile(percentile, histogram.getValueAtPercentile(percentile) / 1e6));
            }
        }
        return quantiles;
    }

    /**
     * Returns a histogram as lines of HdrHistogram's own log format.
     *
     * @param header whether they begin the file
     */
    static byte[] log(Histogram histogram, String tag, Instant begin, Instant end, boolean header) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        HistogramLogWriter writer = new HistogramLogWriter(new PrintStream(bytes, false, StandardCharsets.UTF_8));
        if (header) {
            writer.outputLogFormatVersion();
            writer.outputComment("[Latencies in nanoseconds; the last column but one in milliseconds]");
            writer.outputLegend();
        }
        // A tag ends at a comma or a space.
        histogram.setTag(tag.replaceAll("[,\\s]+", "_"));
        histogram.setStartTimeStamp(begin.toEpochMilli());
        histogram.setEndTimeStamp(end.toEpochMilli());
        writer.outputIntervalHistogram(histogram);
        writer.close();
        return bytes.toByteArray();
    }
}
