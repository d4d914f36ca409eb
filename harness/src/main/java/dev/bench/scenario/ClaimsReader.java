package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Spelling;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.Measure;
import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.Metric;
import dev.bench.target.TargetDefinition;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Declares and reads the published figures that a scenario puts to the test. */
final class ClaimsReader {
    private static final Key<String> SAYS = Key.of("says", Forms.text(), "The sentence, as it was published.")
            .required("quote what is claimed")
            .byDefault("");
    private static final Key<String> SOURCE = Key.of("source", Forms.text(), "Where it was published.")
            .required("name the paper, the page or the book, so that a reader can look it up")
            .byDefault("");
    private static final Key<String> HARDWARE = Key.of(
                    "hardware", Forms.text(), "What it was measured on, where it is not said of any host.")
            .byDefault("");
    private static final Key<String> METRIC = Key.of("metric", Forms.text(), "The metric that it is about.")
            .required("give one of the measure's")
            .byDefault("");
    private static final Key<String> OVER = Key.of(
            "over",
            Forms.text(),
            "With target, another metric of it: the claim is about the first divided by this one.");
    private static final Key<String> TARGET =
            Key.of("target", Forms.text(), "The target whose median it is about, in the metric's unit.");
    private static final Key<List<String>> RATIO = Key.of(
            "ratio", Forms.texts("[vm, container]"), "Two targets: it is about the first divided by the second.");
    private static final Key<List<String>> ORDER =
            Key.of("order", Forms.texts("[process, container, vm]"), "Targets, the one with the smallest value first.");
    private static final Key<YamlMap> IS =
            Key.of("is", Forms.mapping(Bounds.KEYS), "What is claimed of the median or of the ratio.");

    private static final List<String> KINDS = List.of(TARGET.name(), RATIO.name(), ORDER.name());

    private static final Keys CLAIM = Keys.of(SAYS, SOURCE, HARDWARE, METRIC, OVER, TARGET, RATIO, ORDER, IS)
            .exactlyOneOf(KINDS);

    static final Key<YamlMap> CLAIMS = Key.of(
            "claims",
            Forms.named(
                    "is not a name for a claim; give lower-case letters, digits and hyphens",
                    name -> name.matches(TargetsReader.NAME_PATTERN),
                    "^" + TargetsReader.NAME_PATTERN + "$",
                    CLAIM),
            "Published figures by a name of their own; the report says whether they hold here.");

    private final Measure measure;
    private final List<String> targets;

    ClaimsReader(Measure measure, List<TargetDefinition> targets) {
        this.measure = measure;
        this.targets = targets.stream().map(TargetDefinition::name).toList();
    }

    List<Claim> read(YamlMap top) {
        YamlMap written = CLAIMS.in(top);
        List<Claim> claims = new ArrayList<>();
        for (String name : written.keys()) {
            YamlMap map = CLAIM.check(written.map(name));
            List<String> given = KINDS.stream().filter(map::has).toList();
            Optional<String> kind = written.one(name, given, KINDS, "target");
            Claim claim = claim(name, kind.orElse(TARGET.name()), map);
            kind.ifPresent(there -> claims.add(claim));
        }
        return claims;
    }

    private Claim claim(String name, String kind, YamlMap map) {
        String says = SAYS.in(map);
        String source = SOURCE.in(map);
        String metric = METRIC.in(map);
        if (!metric.isEmpty()) {
            known(METRIC, metric, map);
        }
        return new Claim(
                name,
                says,
                source,
                HARDWARE.in(map),
                metric,
                over(kind, metric, map),
                kind(kind, map),
                whom(kind, map),
                bound(kind, map));
    }

    private static Claim.Kind kind(String kind, YamlMap map) {
        if (kind.equals(ORDER.name())) {
            return Claim.Kind.ORDER;
        }
        if (kind.equals(RATIO.name())) {
            return Claim.Kind.RATIO;
        }
        return map.has(OVER.name()) ? Claim.Kind.SHARE : Claim.Kind.ABSOLUTE;
    }

    private @Nullable String over(String kind, String metric, YamlMap map) {
        String over = OVER.find(map);
        if (over == null) {
            return null;
        }
        if (!kind.equals(TARGET.name())) {
            map.rejectKey(OVER.name(), "goes with target only; " + kind + " compares targets on one metric");
        } else if (over.equals(metric)) {
            map.reject(OVER.name(), "'" + over + "' is the metric itself; give another one");
        } else {
            known(OVER, over, map);
        }
        return over;
    }

    private void known(Key<String> key, String metric, YamlMap map) {
        List<String> known = measure.metrics().stream().map(Metric::id).toList();
        if (measure.metric(metric).isEmpty()) {
            map.reject(
                    key.name(),
                    "'" + metric + "' is no metric of measure: " + measure.id()
                            + Spelling.stop(metric, known)
                            + " Accepted: " + String.join(", ", known));
        }
    }

    private List<String> whom(String kind, YamlMap map) {
        List<String> named = new ArrayList<>();
        if (kind.equals(TARGET.name())) {
            Optional.ofNullable(TARGET.find(map)).ifPresent(named::add);
        } else {
            Optional.ofNullable((kind.equals(RATIO.name()) ? RATIO : ORDER).find(map))
                    .ifPresent(named::addAll);
            if (new LinkedHashSet<>(named).size() < named.size()) {
                map.reject(kind, "names a target twice; keep one");
            } else if (kind.equals(RATIO.name()) ? named.size() != 2 : named.size() < 2) {
                map.reject(kind, kind.equals(RATIO.name()) ? "takes two targets" : "takes two targets at least");
            }
        }
        named.stream()
                .filter(target -> !targets.contains(target))
                .forEach(target -> map.reject(
                        kind, "'" + target + "' is not a target; give one of " + String.join(", ", targets)));
        return named;
    }

    private static Bound bound(String kind, YamlMap map) {
        if (kind.equals(ORDER.name())) {
            if (map.has(IS.name())) {
                map.rejectKey(IS.name(), "goes with target and ratio only; an order has no bound");
            }
            return new Bound(null, null);
        }
        return Bounds.read(map, IS);
    }
}
