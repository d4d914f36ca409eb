package dev.bench.measure.storage;

import dev.bench.result.Quantile;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Is what the client of a database says of its requests.
 *
 * @param operations how many were answered
 * @param perSecond how many a second, by the client's own count
 * @param counts how often each latency was seen, in nanoseconds; empty where the client says quantiles only
 * @param quantiles of the latency; empty where counts are there
 */
record ClientRun(long operations, double perSecond, Map<Long, Long> counts, List<Quantile> quantiles) {
    private static final Pattern ANSWERED = Pattern.compile(
            "^" + DatabaseScript.SAID + " number of transactions actually processed: (\\d+)", Pattern.MULTILINE);
    private static final Pattern FAILED =
            Pattern.compile("^" + DatabaseScript.SAID + " number of failed transactions: (\\d+)", Pattern.MULTILINE);
    private static final Pattern RATE =
            Pattern.compile("^" + DatabaseScript.SAID + " tps = ([0-9.]+) \\(without", Pattern.MULTILINE);
    private static final Pattern COUNT = Pattern.compile("^ *(\\d+) (\\d+)$", Pattern.MULTILINE);
    private static final long MICRO_NANOS = 1000;

    /** Percentiles that redis-benchmark says, by the name of their column. */
    private static final Map<String, Double> COLUMNS = new TreeMap<>(
            Map.of("p50_latency_ms", 50.0, "p95_latency_ms", 95.0, "p99_latency_ms", 99.0, "max_latency_ms", 100.0));

    /** Returns how long they took together, in milliseconds. */
    double millis() {
        return operations / perSecond * 1e3;
    }

    /**
     * Reads what pgbench said, and how often its log of transactions has each latency.
     *
     * @throws IOException where a transaction failed, or that is no such thing
     */
    static ClientRun ofPgbench(String text) throws IOException {
        long failed = Long.parseLong(find(FAILED, text));
        if (failed > 0) {
            throw new IOException(failed + " transactions failed");
        }
        Map<Long, Long> counts = new TreeMap<>();
        COUNT.matcher(text)
                .results()
                .forEach(
                        line -> counts.put(Long.parseLong(line.group(2)) * MICRO_NANOS, Long.parseLong(line.group(1))));
        return new ClientRun(
                Long.parseLong(find(ANSWERED, text)), Double.parseDouble(find(RATE, text)), counts, List.of());
    }

    private static String find(Pattern pattern, String text) throws IOException {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IOException("no line like '" + pattern.pattern() + "'");
        }
        return matcher.group(1);
    }

    /**
     * Reads what redis-benchmark wrote with {@code --csv}.
     *
     * @param requests how many it sent
     * @throws IOException where that is no such thing
     */
    static ClientRun ofRedis(String text, int requests) throws IOException {
        List<String[]> rows = text.lines()
                .filter(line -> line.startsWith("\""))
                .map(line -> line.replace("\"", "").split(",", -1))
                .toList();
        if (rows.size() != 2 || rows.get(0).length != rows.get(1).length) {
            throw new IOException("no heading with one row of figures");
        }
        List<String> heading = List.of(rows.get(0));
        String[] figures = rows.get(1);
        if (!heading.contains("rps")) {
            throw new IOException("no column rps");
        }
        List<Quantile> quantiles = new ArrayList<>();
        COLUMNS.entrySet().stream()
                .filter(column -> heading.contains(column.getKey()))
                .sorted(Map.Entry.comparingByValue())
                .forEach(column -> quantiles.add(new Quantile(
                        column.getValue(), Double.parseDouble(figures[heading.indexOf(column.getKey())]))));
        return new ClientRun(requests, Double.parseDouble(figures[heading.indexOf("rps")]), Map.of(), quantiles);
    }
}
