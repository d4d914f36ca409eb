package dev.bench.compare.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.analysis.OrderStatistics;
import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.LimitCheck;
import dev.bench.compare.Samples;
import dev.bench.compare.Side;
import dev.bench.compare.Whole;
import dev.bench.result.Metric;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Renders a comparison as JSON, schema {@code bench-compare/1}. */
public final class JsonComparison {
    /** The schema name and major version this build writes. */
    public static final String SCHEMA = "bench-compare/1";

    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonComparison() {}

    /** Returns the JSON, indented; what does not exist is null. */
    public static String render(ComparisonReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("schema", SCHEMA);
        root.put("verdict", report.outcome().label());
        root.put("sentence", report.sentence());
        root.put("paired", report.paired());
        root.set("base", side(report.base()));
        root.set("head", side(report.head()));
        ArrayNode rows = root.putArray("comparisons");
        report.rows().forEach(row -> rows.add(row(row)));
        Whole whole = report.whole();
        if (whole != null) {
            root.set("whole", whole(whole));
        }
        root.set("failures", JSON.valueToTree(report.failures()));
        ArrayNode limits = root.putArray("limits");
        report.limits().forEach(check -> limits.add(limit(check)));
        root.set("differences", JSON.valueToTree(report.differences()));
        root.set("notes", JSON.valueToTree(report.notes()));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static ObjectNode side(Side side) {
        ObjectNode node = JSON.createObjectNode();
        node.put("id", side.id());
        node.put("kind", side.kind().name().toLowerCase(Locale.ROOT));
        node.put("target", side.chosen());
        node.put("title", side.title());
        node.put("tool", side.tool());
        node.put("startedAt", side.startedAt().isEmpty() ? null : side.startedAt());
        node.put("partial", side.partial());
        return node;
    }

    private static ObjectNode row(Compared row) {
        ObjectNode node = JSON.createObjectNode();
        node.put("metric", row.measurand().id());
        node.put("unit", row.measurand().unit());
        Metric.@Nullable Better better = row.measurand().better();
        node.put("better", better == null ? null : better.name().toLowerCase(Locale.ROOT));
        node.put("target", row.target());
        node.put("emulated", row.isEmulated());
        node.put("verdict", row.outcome().label());
        node.set("reasons", JSON.valueToTree(row.reasons()));
        node.set("base", samples(row.base()));
        node.set("head", samples(row.head()));
        node.put("paired", row.paired());
        node.put("sample", row.sampling().words());
        node.put("baseSamples", row.shift().baseCount());
        node.put("headSamples", row.shift().headCount());
        number(node, "ratio", row.shift().ratio());
        OrderStatistics.Interval interval = row.shift().interval();
        number(node, "ciLow", interval == null ? Double.NaN : Math.exp(interval.low()));
        number(node, "ciHigh", interval == null ? Double.NaN : Math.exp(interval.high()));
        node.put("method", row.shift().method());
        number(node, "probabilityLess", row.shift().probabilityLess());
        node.put("margin", row.margin().practical());
        node.put("bar", row.margin().bar());
        node.put("marginSource", row.margin().source());
        node.put("pValue", row.shift().pValue());
        node.put("adjustedPValue", row.adjustedP());
        node.put("tests", row.family());
        node.put("minimumDetectable", row.shift().minimumDetectable(row.margin(), row.family()));
        node.put("samplesNeeded", row.shift().samplesNeeded(row.margin().practical()));
        return node;
    }

    private static ObjectNode whole(Whole whole) {
        ObjectNode node = JSON.createObjectNode();
        node.put("verdict", whole.outcome().label());
        node.put("method", "signed-rank test over benchmarks, Hodges-Lehmann");
        node.put("benchmarks", whole.benchmarks());
        node.put("worse", whole.worse());
        node.put("worsening", whole.ratio());
        node.put("ciLow", Math.exp(whole.interval().low()));
        node.put("ciHigh", Math.exp(whole.interval().high()));
        node.put("pValue", whole.pValue());
        node.put("margin", whole.margin().practical());
        return node;
    }

    private static ObjectNode limit(LimitCheck check) {
        ObjectNode node = JSON.createObjectNode();
        node.put("metric", check.measurand().id());
        node.put("unit", check.measurand().unit());
        node.put("target", check.target());
        node.put("min", check.limit().min());
        node.put("max", check.limit().max());
        node.put("verdict", check.verdict().label());
        node.set("head", samples(check.samples()));
        return node;
    }

    private static ObjectNode samples(Samples samples) {
        ObjectNode node = JSON.createObjectNode();
        double[] sorted = samples.sorted();
        node.put("n", sorted.length);
        node.put("failures", samples.failures());
        number(node, "median", samples.median().orElse(Double.NaN));
        OrderStatistics.Interval none = new OrderStatistics.Interval(Double.NaN, Double.NaN);
        OrderStatistics.Interval interval =
                OrderStatistics.medianInterval(sorted).orElse(none);
        number(node, "ciLow", interval.low());
        number(node, "ciHigh", interval.high());
        return node;
    }

    /** JSON has no word for what is no number. */
    private static void number(ObjectNode node, String name, double value) {
        node.put(name, Double.isFinite(value) ? Double.valueOf(value) : null);
    }
}
