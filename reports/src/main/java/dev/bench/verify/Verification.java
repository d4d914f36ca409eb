package dev.bench.verify;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.measure.Measures;
import dev.bench.result.FileFault;
import dev.bench.result.ResultException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** Recomputes the figures of a result or of a report from its raw launches, and says which of them disagree. */
public final class Verification {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Pattern PACKED =
            Pattern.compile("download=\"launches.jsonl.gz\" href=\"data:application/gzip;base64,([^\"]*)\"");
    private static final Pattern DIGEST = Pattern.compile("SHA-256 of the raw launches: ([0-9a-f]{64})");
    private static final Pattern TITLED_TABLE = Pattern.compile(
            "<h[34]>([^<]*)</h[34]><p>([^<]*)</p><div class=\"scroll\"><table>(.*?)</table>", Pattern.DOTALL);
    private static final Pattern BAR = Pattern.compile("a difference takes (\\S+) %");
    private static final Pattern HEADLINE = Pattern.compile("<h1>(.*?)</h1>", Pattern.DOTALL);
    /** Begins one of several results of a page, whose headline follows the heading. */
    private static final Pattern RESULT_OF_SEVERAL = Pattern.compile("<article id=\"r\\d+\"><h2>([^<]*)</h2>");

    private static final Pattern LEAD = Pattern.compile("<p class=\"lead\">(.*?)</p>", Pattern.DOTALL);
    /** A target with its median and, where there is one, its ratio to the reference and the interval of that. */
    private static final Pattern HEADLINE_PART =
            Pattern.compile("(.+?) (\\d\\S*(?: [a-zA-Z]+)?)(?: \\(emulated\\))?(?:, (\\S+)×(?:, CI (\\S+))?)?");

    /** The units that stored names end in. */
    private static final Map<String, String> UNITS = Map.of("_ms", "ms", "_mib", "MiB", "_per_s", "1/s");

    private static final String RATIO_INTERVAL = "95 % CI of ratio";
    private static final String NOT_MEASURED = " not measured";
    private static final String VERDICT = "verdict";
    private static final Set<String> NO_FIGURE = Set.of(VERDICT);
    private static final Pattern SECTION = Pattern.compile("<section id=\"[^\"]*\"><h[23]>([^<]*)</h[23]>");
    /** What stands over a plot, behind which the table of its data follows. */
    private static final Pattern PLOT = Pattern.compile("<h[34]>([^<]*)</h[34]><p>([^<]*)</p></figcaption>");

    private static final Pattern THINNED = Pattern.compile("every (\\d+)th is drawn");
    private static final String AT = "at (median)";
    private static final String IN_ORDER = ", in launch order";
    private static final Pattern ROW = Pattern.compile("<tr>(.*?)</tr>", Pattern.DOTALL);
    private static final Pattern CELL = Pattern.compile("<(?:td|th)[^>]*>(.*?)</(?:td|th)>", Pattern.DOTALL);
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:e-?\\d+)?");

    private static final String LAUNCHES = "launches.jsonl";
    private static final String RESULT = "result.json";
    private static final Set<String> VERIFIED = Set.of(LAUNCHES, RESULT, "report.md", "report.html");

    private final List<String> disagreements = new ArrayList<>();
    private final List<String> unverified = new ArrayList<>();
    private final Set<String> sections = new LinkedHashSet<>();
    private int verified;

    private Verification() {}

    /**
     * Verifies a report (an HTML file), or a result directory with what lies in it.
     *
     * @throws ResultException where it is neither, or holds no raw launches
     */
    public static Verification of(Path path) {
        Verification verification = new Verification();
        if (!Files.exists(path)) {
            throw new ResultException(
                    path, "no such file or directory; name a directory that `bench run` wrote, or a report.html");
        }
        try {
            if (Files.isDirectory(path)) {
                verification.directory(path);
            } else {
                verification.html(path, null);
            }
        } catch (IOException e) {
            throw new ResultException(
                    path, "is no report or result with raw launches that can be read (" + FileFault.reason(e) + ")", e);
        }
        return verification;
    }

    /** Returns the figures that are not what the raw launches give, a sentence each. */
    public List<String> disagreements() {
        return List.copyOf(disagreements);
    }

    /** Returns what was not verified, in words. */
    public List<String> unverified() {
        String parts = String.join(", ", sections);
        return Stream.concat(
                        unverified.stream(),
                        sections.isEmpty()
                                ? Stream.empty()
                                : Stream.of("the rest of the report's "
                                        + (sections.size() == 1 ? "section " : "sections ") + parts))
                .distinct()
                .toList();
    }

    /** Returns how many figures were recomputed. */
    public int verified() {
        return verified;
    }

    private void directory(Path directory) throws IOException {
        Path report = directory.resolve("report.html");
        if (!Files.exists(directory.resolve(LAUNCHES)) && Files.exists(report)) {
            html(report, null);
            return;
        }
        for (String needed : List.of(LAUNCHES, RESULT)) {
            if (!Files.exists(directory.resolve(needed))) {
                throw new ResultException(
                        directory,
                        "holds no " + needed + "; name a directory that `bench run` wrote, or a report.html");
            }
        }
        RawLaunches launches = new RawLaunches(Files.readString(directory.resolve(LAUNCHES)));
        result(launches, JSON.readTree(directory.resolve(RESULT).toFile()));
        List<String> others = others(directory);
        if (!others.isEmpty()) {
            unverified.add("the other files: " + String.join(", ", others));
        }
        if (Files.exists(directory.resolve("report.md"))) {
            markdown(launches, Files.readString(directory.resolve("report.md")));
        }
        if (Files.exists(report)) {
            html(report, launches);
        }
    }

    private static List<String> others(Path directory) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> file.getFileName().toString())
                    .filter(name -> !VERIFIED.contains(name))
                    .sorted()
                    .toList();
        }
    }

    private void result(RawLaunches launches, JsonNode result) {
        if (result.path("metrics").isEmpty() && result.path("partial").asBoolean()) {
            unverified.add("result.json, which has no figures yet: the run was stopped before them, and `bench report`"
                    + " computes them");
            return;
        }
        Rows metrics = new Rows("result.json, ");
        for (JsonNode stored : result.path("metrics")) {
            String metric = stored.path("metric").asText();
            String target = stored.path("target").asText();
            String where = "result.json, " + metric + " of " + target + ": ";
            metrics.add(metric, target);
            Measures.metric(metric).ifPresent(known -> same(where + "unit", stored.path("unit"), known.unit()));
            Sample sample = launches.values(metric, target);
            same(where + "n", stored.path("n"), (double) sample.count());
            same(where + "failures", stored.path("failures"), (double) launches.failures(target));
            if (sample.count() > 0) {
                double[] interval = sample.medianInterval();
                same(where + "median", stored.path("median"), sample.median());
                same(where + "ciLow", stored.path("ciLow"), end(interval, 0));
                same(where + "ciHigh", stored.path("ciHigh"), end(interval, 1));
                same(where + "mad", stored.path("mad"), sample.deviation());
                same(where + "min", stored.path("min"), sample.least());
                same(where + "max", stored.path("max"), sample.most());
                same(where + "outliers", stored.path("outliers"), (double) sample.outliers());
            }
        }
        String measure = result.path("scenario").path("measure").asText();
        metrics.require(measured(launches, id -> isOf(measure, id)));
        disagreements.addAll(metrics.faults());
        comparisons(launches, result, metrics);
    }

    private void comparisons(RawLaunches launches, JsonNode result, Rows metrics) {
        JsonNode reference = result.path("plan").path("reference");
        Verdicts verdicts = new Verdicts();
        Rows compared = new Rows("result.json, comparison with the reference, ");
        for (JsonNode stored : result.path("comparisons")) {
            String metric = stored.path("metric").asText();
            String target = stored.path("target").asText();
            String where = "result.json, " + metric + " of " + target + " against the reference: ";
            compared.add(metric, target);
            same(where + "reference", stored.path("reference"), reference.asText());
            Sample ratios = launches.ratios(metric, reference.asText(), target);
            same(where + "pairs", stored.path("pairs"), (double) ratios.count());
            if (ratios.count() == 0) {
                same(where + "ratio", stored.path("ratio"), (Double) null);
            } else {
                double[] interval = ratios.differenceInterval();
                same(where + "ratio", stored.path("ratio"), Math.exp(ratios.difference()));
                same(where + "ciLow", stored.path("ciLow"), exp(end(interval, 0)));
                same(where + "ciHigh", stored.path("ciHigh"), exp(end(interval, 1)));
                same(where + "probabilityLess", stored.path("probabilityLess"), ratios.shareBelowZero());
            }
            verdicts.add(new Verdicts.Claim(
                    where + "verdict",
                    metric,
                    target,
                    ratios,
                    stored.path("verdict").asText()));
        }
        compared.require(metrics.all().stream()
                .filter(row -> !row.target().equals(reference.asText()))
                .toList());
        disagreements.addAll(compared.faults());
        judge(verdicts);
    }

    /** Takes tables and rows of what was measured that a report does not show for faults. */
    private void complete(RawLaunches launches, Rows shown) {
        shown.require(measured(launches, id -> Measures.metric(id).isPresent()));
        disagreements.addAll(shown.faults());
    }

    private static boolean isOf(String measure, String metric) {
        return Measures.find(measure).flatMap(known -> known.metric(metric)).isPresent();
    }

    private static List<Rows.Key> measured(RawLaunches launches, Predicate<String> isMetric) {
        return launches.measured().stream()
                .filter(row -> isMetric.test(row.metric()))
                .toList();
    }

    private void judge(Verdicts verdicts) {
        for (Verdicts.Claim claim : verdicts.claims()) {
            verified++;
            String computed = verdicts.verdict(claim);
            if (!claim.verdict().equals(computed)) {
                disagreements.add(claim.where() + " is " + claim.verdict() + ", the raw launches give " + computed);
            }
        }
    }

    private static @Nullable Double end(double[] interval, int which) {
        return interval.length == 0 ? null : interval[which];
    }

    private static @Nullable Double exp(@Nullable Double logarithm) {
        return logarithm == null ? null : Math.exp(logarithm);
    }

    private void same(String what, JsonNode stored, @Nullable Double computed) {
        verified++;
        boolean holds = computed == null
                ? stored.isNull() || stored.isMissingNode()
                : stored.isNumber()
                        && Math.abs(stored.asDouble() - computed) <= 1e-9 * Math.max(1e-9, Math.abs(computed));
        if (!holds) {
            disagreements.add(what + " is " + stored + ", the raw launches give " + computed);
        }
    }

    private void same(String what, JsonNode stored, String computed) {
        verified++;
        if (!stored.asText().equals(computed)) {
            disagreements.add(what + " is " + stored + " in place of \"" + computed + '"');
        }
    }

    private void markdown(RawLaunches launches, String text) {
        Rows shown = new Rows("report.md, ");
        Verdicts verdicts = new Verdicts();
        String headline = "";
        String title = "";
        List<List<String>> rows = new ArrayList<>();
        for (String line : (text + "\n\n").lines().toList()) {
            if (headline.isEmpty() && line.startsWith("### ")) {
                headline = unescaped(line.substring("### ".length()));
            } else if (line.startsWith("**")) {
                boolean first = title.isEmpty();
                title = unescaped(line.substring(2, line.indexOf("**", 2)));
                if (first) {
                    headline(launches, "report.md, headline, ", headline, title);
                }
            } else if (line.startsWith("| ")) {
                rows.add(Arrays.stream(line.substring(1, line.length() - 1).split("(?<!\\\\)\\|"))
                        .map(Verification::unescaped)
                        .toList());
            } else if (!line.startsWith("|") && !rows.isEmpty()) {
                table(launches, "report.md, ", title, rows, verdicts, shown);
                rows = new ArrayList<>();
            }
        }
        complete(launches, shown);
        judge(verdicts);
    }

    private static String unescaped(String markdown) {
        return markdown.replaceAll("\\\\(.)", "$1")
                .replace("@<!-- -->", "@")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&")
                .strip();
    }

    private void html(Path file, @Nullable RawLaunches stored) throws IOException {
        String page = Files.readString(file);
        Matcher result = RESULT_OF_SEVERAL.matcher(page);
        if (!result.find()) {
            report(file, file.getFileName() + ", ", page, HEADLINE, stored);
            return;
        }
        unverified.add("what " + file.getFileName() + " says of all results together");
        int begin = result.start();
        String title = plain(result.group(1));
        while (result.find()) {
            report(file, file.getFileName() + ", " + title + ", ", page.substring(begin, result.start()), LEAD, null);
            begin = result.start();
            title = plain(result.group(1));
        }
        report(file, file.getFileName() + ", " + title + ", ", page.substring(begin), LEAD, null);
    }

    /** Verifies the report of one result, which may be a part of a page. */
    private void report(Path file, String name, String page, Pattern sentence, @Nullable RawLaunches stored)
            throws IOException {
        Matcher packed = PACKED.matcher(page);
        if (!packed.find()) {
            throw new ResultException(file, "holds no raw launches; verify a report.html or the directory of a result");
        }
        byte[] raw;
        try (GZIPInputStream stream =
                new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(packed.group(1))))) {
            raw = stream.readAllBytes();
        } catch (IllegalArgumentException e) {
            throw new ResultException(file, "holds raw launches that cannot be unpacked", e);
        }
        Matcher digest = DIGEST.matcher(page);
        verified++;
        if (!digest.find()) {
            disagreements.add(name + "digest of the raw launches is missing");
        } else if (!digest.group(1).equals(sha256(raw))) {
            disagreements.add(
                    name + "digest is " + digest.group(1) + ", that of the raw launches in it is " + sha256(raw));
        }
        RawLaunches embedded = new RawLaunches(new String(raw, StandardCharsets.UTF_8));
        if (stored != null) {
            verified++;
            if (!stored.all().equals(embedded.all())) {
                disagreements.add(name + "the raw launches in it are not those of launches.jsonl");
            }
        }
        Matcher headline = sentence.matcher(page);
        Matcher table = TITLED_TABLE.matcher(page);
        if (headline.find() && table.find()) {
            headline(embedded, name + "headline, ", plain(headline.group(1)), plain(table.group(1)));
        }
        Verdicts verdicts = new Verdicts();
        Rows shown = new Rows(name);
        Map<String, String> bars = new LinkedHashMap<>();
        table.reset();
        while (table.find()) {
            String title = plain(table.group(1));
            table(embedded, name, title, rows(table.group(3)), verdicts, shown);
            Matcher bar = BAR.matcher(plain(table.group(2)));
            if (bar.find()) {
                bars.put(title, bar.group(1));
            }
        }
        complete(embedded, shown);
        judge(verdicts);
        bars.forEach((title, printed) -> figure(title)
                .ifPresent(metric -> printed(
                        name + title + ": what a difference takes", printed, "", 100 * verdicts.bar(metric.id()))));
        figures(embedded, name, page, shown);
        Matcher section = SECTION.matcher(page);
        while (section.find()) {
            if (!section.group(1).equals("Comparison")) {
                sections.add(plain(section.group(1)));
            }
        }
        unverified.add("warnings and sentences on what is inconclusive");
    }

    private static List<List<String>> rows(String table) {
        List<List<String>> rows = new ArrayList<>();
        Matcher row = ROW.matcher(table);
        while (row.find()) {
            List<String> cells = new ArrayList<>();
            Matcher cell = CELL.matcher(row.group(1));
            while (cell.find()) {
                cells.add(plain(cell.group(1)));
            }
            rows.add(cells);
        }
        return rows;
    }

    /** Verifies what stands below the plots of single launches, which show the first metric, and of the moments of a launch. */
    private void figures(RawLaunches launches, String file, String page, Rows shown) {
        Matcher figure = PLOT.matcher(page);
        while (figure.find()) {
            String title = plain(figure.group(1));
            int begin = Math.max(figure.end(), page.indexOf("<table>", figure.end()));
            List<List<String>> rows = rows(page.substring(begin, Math.max(begin, page.indexOf("</table>", begin))));
            if (rows.size() < 2 || rows.get(0).size() < 2) {
                continue;
            }
            String column = rows.get(0).get(1);
            if (column.equals(AT)) {
                moments(launches, file + title + ", ", target(launches, title), rows.subList(1, rows.size()));
            } else if (column.endsWith(IN_ORDER) && !shown.all().isEmpty()) {
                Matcher thinned = THINNED.matcher(figure.group(2));
                int step = thinned.find() ? Integer.parseInt(thinned.group(1)) : 1;
                for (List<String> row : rows.subList(1, rows.size())) {
                    every(launches, file + title + " of ", shown.all().get(0).metric(), row, step);
                }
            }
        }
    }

    private void moments(RawLaunches launches, String where, String target, List<List<String>> rows) {
        double before = 0;
        for (List<String> row : rows) {
            Sample at = launches.moments(row.get(0), target);
            Double median = at.count() == 0 ? null : at.median();
            printed(where + row.get(0), row.get(1), "ms", median);
            printed(
                    where + row.get(0) + " since the moment before",
                    row.get(2),
                    "ms",
                    median == null ? null : median - before);
            before = median == null ? before : median;
        }
    }

    private void every(RawLaunches launches, String where, String metric, List<String> row, int step) {
        String target = target(launches, row.get(0));
        List<Double> values = launches.inOrder(metric, target);
        List<String> expected = IntStream.range(0, values.size())
                .filter(i -> i % step == 0)
                .mapToObj(i -> String.format(Locale.ROOT, "%.1f", values.get(i)))
                .toList();
        List<String> seen = row.get(1).isEmpty()
                ? List.of()
                : List.of(row.get(1).replace("*", "").split(" "));
        verified += expected.size();
        if (!seen.equals(expected)) {
            disagreements.add(where + target + " are printed as " + String.join(" ", seen) + ", the raw launches give "
                    + String.join(" ", expected));
        }
    }

    private static String plain(String markup) {
        return markup.replaceAll("<span class=\"badge\">emulated</span>", "(emulated)")
                .replaceAll("<[^>]*>", "")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&quot;", "\"")
                .replace("&#39;", "'")
                .replace("&amp;", "&")
                .strip();
    }

    /**
     * Names a metric as far as arithmetic needs it.
     *
     * @param id stored name
     * @param unit unit; the empty string where it is not known
     */
    private record Figure(String id, String unit) {}

    /** Finds the metric of a heading: its title, or the stored name of one that this version does not know. */
    private static Optional<Figure> figure(String title) {
        return Stream.concat(
                        Measures.metrics().stream()
                                .flatMap(metric -> Stream.concat(Stream.of(metric), metric.titled(title).stream()))
                                .filter(metric -> metric.title().equals(title))
                                .map(metric -> new Figure(metric.id(), metric.unit())),
                        UNITS.entrySet().stream()
                                .filter(unit -> title.endsWith(unit.getKey()))
                                .map(unit -> new Figure(title, unit.getValue())))
                .findFirst();
    }

    /**
     * Verifies a sentence such as {@code redis, starts per second: container 2.66/s; process 66.9/s, 25.1×, CI 24–26},
     * whose first target is the reference.
     *
     * @param title heading of the first table, which is of the metric that the sentence speaks of
     */
    private void headline(RawLaunches launches, String where, String sentence, String title) {
        Optional<Figure> metric = figure(title);
        if (metric.isEmpty()) {
            unverified.add(where + sentence);
            return;
        }
        int begin = sentence.lastIndexOf(": ");
        String reference = "";
        for (String part : sentence.substring(begin < 0 ? 0 : begin + 2)
                .replaceFirst(" \\(partial run\\)$", "")
                .split("; ")) {
            Matcher figures = HEADLINE_PART.matcher(part);
            Optional<String> absent = part.endsWith(NOT_MEASURED)
                    ? launches.target(part.substring(0, part.length() - NOT_MEASURED.length()))
                    : Optional.empty();
            if (absent.isPresent()) {
                int values = launches.values(metric.get().id(), absent.get()).count();
                verified++;
                if (values > 0) {
                    disagreements.add(where + part + ", the raw launches give " + values + " of its figures");
                }
                continue;
            }
            if (!figures.matches()) {
                unverified.add(where + part);
                continue;
            }
            String target = launches.target(figures.group(1)).orElse("");
            if (target.isEmpty()) {
                // A name may hold whatever separates one.
                unverified.add(where + part);
                continue;
            }
            reference = reference.isEmpty() ? target : reference;
            Sample sample = launches.values(metric.get().id(), target);
            Sample ratios = launches.ratios(metric.get().id(), reference, target);
            Row row = new Row(metric.get(), sample, ratios, launches.failures(target), false);
            List<String> columns = List.of("median", "ratio", RATIO_INTERVAL);
            for (int i = 0; i < columns.size(); i++) {
                String printed = figures.group(2 + i);
                if (printed != null) {
                    cell(where + target + ": " + columns.get(i), columns.get(i), i > 0, printed, row);
                }
            }
        }
    }

    /**
     * Holds what the raw launches say of a target.
     *
     * @param ratios logarithms of target / reference
     */
    private record Row(Figure metric, Sample sample, Sample ratios, int failures, boolean isReference) {}

    /** Verifies a table with a row per target, whose reference says so in the place of its ratio. */
    private void table(
            RawLaunches launches, String file, String title, List<List<String>> rows, Verdicts verdicts, Rows shown) {
        Figure metric = figure(title).orElse(null);
        if (rows.isEmpty() || !rows.get(0).contains("ratio")) {
            return;
        }
        List<String> head = rows.get(0);
        if (metric == null) {
            if (head.contains(VERDICT)) {
                unverified.add(file + title);
            }
            return;
        }
        String reference = rows.stream()
                .filter(row -> row.contains("reference"))
                .map(row -> target(launches, row.get(0)))
                .findFirst()
                .orElse("");
        for (List<String> cells : rows.subList(1, rows.size())) {
            String target = target(launches, cells.get(0));
            shown.add(metric.id(), target);
            Row row = new Row(
                    metric,
                    launches.values(metric.id(), target),
                    launches.ratios(metric.id(), reference, target),
                    launches.failures(target),
                    target.equals(reference));
            boolean ofRatio = false;
            for (int i = 1; i < Math.min(head.size(), cells.size()); i++) {
                String column = head.get(i);
                ofRatio |= column.equals("ratio");
                String where = file + title + " of " + target + ": "
                        + (ofRatio && column.equals("95 % CI") ? "ratio's CI" : column);
                cell(where, column, ofRatio, cells.get(i), row);
                if (column.equals(VERDICT) && !row.isReference()) {
                    verdicts.add(new Verdicts.Claim(where, metric.id(), target, row.ratios(), cells.get(i)));
                }
            }
        }
    }

    private static String target(RawLaunches launches, String cell) {
        String bare = cell.replaceFirst(" \\(emulated\\)$", "");
        return launches.target(cell).or(() -> launches.target(bare)).orElse(bare);
    }

    private void cell(String where, String column, boolean ofRatio, String printed, Row row) {
        Sample sample = row.sample();
        String unit = row.metric().unit();
        boolean any = sample.count() > 0;
        boolean paired = !row.isReference() && row.ratios().count() > 0;
        switch (column) {
            case "n" -> printed(where, printed, "count", (double) sample.count());
            case "failed" -> printed(where, printed, "count", (double) row.failures());
            case "outliers" -> printed(where, printed, "count", any ? sample.outliers() : 0.0);
            case "median" -> printed(where, printed, unit, any ? sample.median() : null);
            case "MAD" -> printed(where, printed, unit, any ? sample.deviation() : null);
            case "min" -> printed(where, printed, unit, any ? sample.least() : null);
            case "max" -> printed(where, printed, unit, any ? sample.most() : null);
            case "ratio" -> {
                if (!row.isReference()) {
                    printed(where, printed, "", paired ? Math.exp(row.ratios().difference()) : null);
                }
            }
            case "P(less)" -> printed(where, printed, "", paired ? row.ratios().shareBelowZero() : null);
            case "95 % CI", RATIO_INTERVAL -> {
                double[] interval = ofRatio
                        ? paired ? row.ratios().differenceInterval() : new double[0]
                        : any ? sample.medianInterval() : new double[0];
                double[] ends = ofRatio ? Arrays.stream(interval).map(Math::exp).toArray() : interval;
                if (ends.length == 0) {
                    printed(where, printed, unit, null);
                } else {
                    String behind = printed.endsWith(" s") ? " s" : "";
                    String[] parts = printed.split("–");
                    printed(where, parts[0] + behind, ofRatio ? "" : unit, ends[0]);
                    printed(where, parts.length > 1 ? parts[1] : "", ofRatio ? "" : unit, ends[1]);
                }
            }
            default -> {
                if (!NO_FIGURE.contains(column)) {
                    unverified.add("column " + column + " of a comparison");
                }
            }
        }
    }

    /** Compares to the last digit that is printed: three of them, or a whole number. */
    private void printed(String where, String printed, String unit, @Nullable Double computed) {
        verified++;
        Matcher number = NUMBER.matcher(printed);
        if (computed == null || !number.find()) {
            if (computed != null || !printed.equals("–")) {
                disagreements.add(where + " is printed as " + printed + ", the raw launches give " + computed);
            }
            return;
        }
        double scale = unit.equals("ms") && printed.endsWith(" s") ? 1000 : 1;
        double value = computed / scale;
        double magnitude = Math.abs(value);
        int decimals = unit.equals("count") || magnitude >= 100
                ? 0
                : magnitude >= 10 ? 1 : magnitude >= 1 ? 2 : magnitude >= 0.1 ? 3 : 4;
        double half = magnitude < 0.001 && value != 0 ? 0.005 * magnitude * 1.001 : 0.5 * Math.pow(10, -decimals);
        if (Math.abs(Double.parseDouble(number.group()) - value) > half * (1 + 1e-9)) {
            disagreements.add(where + " is printed as " + printed + ", the raw launches give " + computed);
        }
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
