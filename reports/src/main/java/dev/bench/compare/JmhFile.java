package dev.bench.compare;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.Series;
import dev.bench.result.Metric;
import dev.bench.result.ResultException;
import dev.bench.result.Secrets;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Reads the JSON that JMH writes, as it comes: a file may be larger than the memory, since all but the raw values is
 * passed over.
 *
 * <p>A fork becomes a session and an iteration a block. Secondary metrics are left out: their raw lists lose alignment
 * where an iteration has none, and the file does not say which direction is better.
 */
final class JmhFile {
    /** More raw values than this hold more memory than a comparison is worth. */
    private static final int MOST_VALUES = 5_000_000;

    /** What is done per unit of time, for instance ops/s. */
    private static final Pattern RATE = Pattern.compile("\\S+/(ns|us|ms|s|sec|min|h|hr|day)");

    /** Time, by itself or per something, for instance us/op. */
    private static final Pattern TIME = Pattern.compile("(ns|us|ms|s|sec|min|h|hr|day)(/\\S+)?");

    private static final JsonFactory JSON = JsonFactory.builder()
            .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
            .build();

    private final Path file;
    private final Map<String, Samples> samples = new LinkedHashMap<>();
    private final Map<String, Set<String>> facts = new LinkedHashMap<>();
    private int values;
    private final List<String> empty = new ArrayList<>();
    private boolean dropped;

    private JmhFile(Path file) {
        this.file = file;
    }

    /** Reads a file; throws {@link ResultException} where it is not what JMH writes. */
    static Side read(Path file) {
        JmhFile jmh = new JmhFile(file);
        try {
            if (Files.size(file) == 0) {
                throw new ResultException(file, "is empty, which JMH leaves behind where a benchmark fails");
            }
            try (JsonParser parser = JSON.createParser(file.toFile())) {
                jmh.array(parser);
            }
        } catch (JsonProcessingException e) {
            throw new ResultException(
                    file,
                    "is neither a result directory nor the JSON of JMH (not JSON at line "
                            + (e.getLocation() == null ? "?" : e.getLocation().getLineNr())
                            + ")",
                    e);
        } catch (IOException e) {
            throw new ResultException(file, "cannot be read (" + e.getMessage() + ")", e);
        }
        return jmh.side();
    }

    private ResultException foreign(String seen) {
        return new ResultException(
                file,
                "is neither a result directory nor the JSON of JMH (an array of benchmarks, written with -rf json): "
                        + seen);
    }

    private void array(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_ARRAY) {
            throw foreign("it begins with no array");
        }
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_OBJECT) {
                throw foreign("an element of its array is no object");
            }
            benchmark(parser);
        }
        if (parser.nextToken() != null) {
            throw foreign("something follows its array");
        }
        if (samples.isEmpty()) {
            if (empty.isEmpty()) {
                throw foreign("its array is empty");
            }
            throw new ResultException(file, "no benchmark of it has raw data: " + String.join(", ", empty));
        }
    }

    /** Holds one element of the array, as far as it is read. */
    private static final class Benchmark {
        private String name = "";
        private String mode = "";
        private String unit = "";
        private int threads = 1;
        private final Map<String, String> params = new TreeMap<>();
        private List<List<Double>> forks = new ArrayList<>();
    }

    private void benchmark(JsonParser parser) throws IOException {
        Benchmark benchmark = new Benchmark();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "benchmark" -> benchmark.name = parser.getValueAsString("");
                case "mode" -> benchmark.mode = parser.getValueAsString("");
                case "threads" -> {
                    benchmark.threads = parser.getValueAsInt(1);
                    fact(field, parser.getValueAsString(""));
                }
                case "jmhVersion",
                        "jdkVersion",
                        "vmName",
                        "vmVersion",
                        "forks",
                        "warmupIterations",
                        "warmupTime",
                        "measurementIterations",
                        "measurementTime" -> fact(field, parser.getValueAsString(""));
                case "jvmArgs" -> fact(field, Secrets.mask(String.join(" ", strings(parser))));
                case "params" -> params(parser, benchmark);
                case "primaryMetric" -> {
                    if (value == JsonToken.START_OBJECT) {
                        primary(parser, benchmark);
                    }
                }
                default -> {}
            }
            // Whatever was not read to its end is passed over.
            if (parser.currentToken() == value) {
                parser.skipChildren();
            }
        }
        add(benchmark);
    }

    private static List<String> strings(JsonParser parser) throws IOException {
        List<String> strings = new ArrayList<>();
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                strings.add(parser.getValueAsString(""));
                parser.skipChildren();
            }
        }
        return strings;
    }

    private static void params(JsonParser parser, Benchmark benchmark) throws IOException {
        if (parser.currentToken() == JsonToken.START_OBJECT) {
            while (parser.nextToken() != JsonToken.END_OBJECT) {
                String name = parser.currentName();
                parser.nextToken();
                benchmark.params.put(name, parser.getValueAsString(""));
                parser.skipChildren();
            }
        }
    }

    private void primary(JsonParser parser, Benchmark benchmark) throws IOException {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String field = parser.currentName();
            JsonToken value = parser.nextToken();
            switch (field) {
                case "scoreUnit" -> benchmark.unit = parser.getValueAsString("");
                case "rawData" -> benchmark.forks = forks(parser, false);
                case "rawDataHistogram" -> benchmark.forks = forks(parser, true);
                default -> {}
            }
            if (parser.currentToken() == value) {
                parser.skipChildren();
            }
        }
    }

    /** Reads a list of forks, each a list of iterations: a value, or a histogram whose mean is taken, as JMH does. */
    private List<List<Double>> forks(JsonParser parser, boolean histogram) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw foreign("raw data is no array");
        }
        List<List<Double>> forks = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw foreign("raw data is no array of forks");
            }
            List<Double> iterations = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                double value = histogram ? mean(parser) : number(parser);
                if (Double.isFinite(value)) {
                    iterations.add(value);
                } else {
                    dropped = true;
                }
                if (++values > MOST_VALUES) {
                    throw new ResultException(
                            file, "holds more than " + MOST_VALUES + " raw values; compare fewer benchmarks at a time");
                }
            }
            forks.add(iterations);
        }
        return forks;
    }

    /** Reads a number; JMH writes what is no number as a string. */
    private double number(JsonParser parser) throws IOException {
        JsonToken token = parser.currentToken();
        if (token != null && token.isNumeric()) {
            return parser.getDoubleValue();
        }
        if (token == JsonToken.VALUE_STRING || token == JsonToken.VALUE_NULL) {
            return Double.NaN;
        }
        throw foreign("a raw value is no number");
    }

    private double mean(JsonParser parser) throws IOException {
        if (parser.currentToken() != JsonToken.START_ARRAY) {
            throw foreign("a histogram is no array");
        }
        double sum = 0;
        double count = 0;
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            if (parser.currentToken() != JsonToken.START_ARRAY) {
                throw foreign("a bar of a histogram is no pair");
            }
            parser.nextToken();
            double value = number(parser);
            parser.nextToken();
            double times = number(parser);
            sum += value * times;
            count += times;
            if (parser.nextToken() != JsonToken.END_ARRAY) {
                throw foreign("a bar of a histogram is no pair");
            }
        }
        return sum / count;
    }

    private void fact(String name, String value) {
        facts.computeIfAbsent(name, key -> new LinkedHashSet<>()).add(value);
    }

    private void add(Benchmark benchmark) {
        if (benchmark.name.isEmpty() || benchmark.mode.isEmpty()) {
            throw foreign("an element names no benchmark and mode");
        }
        if (benchmark.forks.stream().allMatch(List::isEmpty)) {
            empty.add(benchmark.name + ":" + benchmark.mode + " (" + label(benchmark) + ")");
            return;
        }
        List<Series.Point> points = new ArrayList<>();
        for (int fork = 0; fork < benchmark.forks.size(); fork++) {
            List<Double> iterations = benchmark.forks.get(fork);
            for (int iteration = 0; iteration < iterations.size(); iteration++) {
                points.add(new Series.Point(fork + 1, iteration + 1, iterations.get(iteration)));
            }
        }
        Measurand measurand = new Measurand(
                benchmark.name + ":" + benchmark.mode,
                benchmark.unit,
                better(benchmark),
                shortName(benchmark.name) + ", " + modeInWords(benchmark.mode),
                benchmark.name);
        String label = label(benchmark);
        // Parameters that differ in a masked secret only are still two.
        String target = label;
        for (int number = 2;
                !label.equals(rawLabel(benchmark)) && samples.containsKey(measurand.id() + "\0" + target);
                number++) {
            target = label + " #" + number;
        }
        if (samples.put(measurand.id() + "\0" + target, new Samples(measurand, target, false, points, 0)) != null) {
            throw new ResultException(
                    file,
                    "holds " + measurand.id() + " (" + target + ") twice, with the same parameters and threads;"
                            + " keep one of them");
        }
    }

    /** Tells the direction by the unit: a mode can be overridden, and a result in operations per second stays a rate. */
    private static Metric.Better better(Benchmark benchmark) {
        if (RATE.matcher(benchmark.unit).matches()) {
            return Metric.Better.HIGHER;
        }
        if (TIME.matcher(benchmark.unit).matches()) {
            return Metric.Better.LOWER;
        }
        return benchmark.mode.equals("thrpt") ? Metric.Better.HIGHER : Metric.Better.LOWER;
    }

    private static String label(Benchmark benchmark) {
        return label(benchmark, true);
    }

    private static String rawLabel(Benchmark benchmark) {
        return label(benchmark, false);
    }

    private static String label(Benchmark benchmark, boolean masked) {
        List<String> parts = new ArrayList<>();
        benchmark.params.forEach((name, value) -> parts.add(name + "=" + (masked ? Secrets.mask(name, value) : value)));
        if (benchmark.threads > 1) {
            parts.add(benchmark.threads + " threads");
        }
        return parts.isEmpty() ? "default" : String.join(", ", parts);
    }

    private static String shortName(String name) {
        int method = name.lastIndexOf('.');
        return method < 0 ? name : name.substring(name.lastIndexOf('.', method - 1) + 1);
    }

    private static String modeInWords(String mode) {
        return switch (mode) {
            case "thrpt" -> "throughput";
            case "avgt" -> "average time";
            case "sample" -> "sampled time";
            case "ss" -> "single shot time";
            default -> mode;
        };
    }

    private Side side() {
        List<Fact> all = new ArrayList<>();
        facts.forEach((name, seen) -> all.add(Fact.of(new Scope("JMH", null), name, String.join("; ", seen))));
        List<String> notes = new ArrayList<>();
        notes.add("JMH's file does not say on which host it was measured: make sure that it was the same one; secondary"
                + " metrics are not compared");
        if (!empty.isEmpty()) {
            notes.add(name() + " holds no raw data of " + String.join(", ", empty) + "; the others are compared");
        }
        if (dropped) {
            notes.add(name() + " holds raw values that are no number; they are left out");
        }
        @Nullable Set<String> versions = facts.get("jmhVersion");
        return new Side(
                file,
                Side.Kind.JMH,
                name(),
                "JMH",
                "JMH " + (versions == null ? "of unknown version" : String.join("; ", versions)),
                "",
                null,
                false,
                List.copyOf(samples.values()),
                Map.of(),
                all,
                notes);
    }

    private String name() {
        return String.valueOf(file.getFileName());
    }
}
