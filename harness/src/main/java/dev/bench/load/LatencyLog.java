package dev.bench.load;

import dev.bench.result.Quantile;
import dev.bench.result.ResultStore;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;

/** Keeps latencies that another program counted as histograms in a file of the result. Used by one thread. */
public final class LatencyLog {
    private final ResultStore store;
    private final String file;

    /**
     * Creates a log; nothing is written yet.
     *
     * @param file name of the file, such as {@code latency.hlog}
     */
    public LatencyLog(ResultStore store, String file) {
        this.store = store;
        this.file = file;
    }

    /**
     * Adds a histogram.
     *
     * @param counts how often each latency was seen, in nanoseconds
     * @param tag what it is called in the file
     * @return its quantiles; empty where nothing was counted
     */
    public List<Quantile> add(Map<Long, Long> counts, String tag, Instant begin, Instant end) {
        Histogram histogram = Histograms.create();
        counts.forEach(histogram::recordValueWithCount);
        store.append(file, Histograms.log(histogram, tag, begin, end, store.isAbsent(file)));
        return Histograms.quantiles(histogram);
    }
}
