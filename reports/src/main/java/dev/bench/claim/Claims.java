package dev.bench.claim;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.analysis.Pair;
import dev.bench.analysis.Series;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.result.Bound;
import dev.bench.result.Claim;
import dev.bench.result.Metric;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Holds the claims of a scenario against what was measured, with the statistics of every other verdict: the interval of a
 * median by order statistics, and that of ratios block by block.
 */
public final class Claims {
    /** Units of figures that emulating a processor changes; what is counted or stored stays the same. */
    private static final Pattern TIMED = Pattern.compile("ms|s|.*/s");

    private static final Bound ABOVE_ONE = new Bound(1.0, null);

    private final Analysed analysed;

    private Claims(Analysed analysed) {
        this.analysed = analysed;
    }

    /** Judges every claim of a result, in its order. */
    public static List<JudgedClaim> judge(Analysed analysed) {
        Claims claims = new Claims(analysed);
        return analysed.result().scenario().claims().stream().map(claims::judge).toList();
    }

    private JudgedClaim judge(Claim claim) {
        Optional<Measurand> metric = analysed.metrics().stream()
                .filter(known -> known.id().equals(claim.metric()))
                .findFirst();
        List<Optional<Series>> found = new ArrayList<>();
        claim.targets().forEach(target -> found.add(series(claim.metric(), target)));
        String over = claim.over();
        if (over != null) {
            claim.targets().forEach(target -> found.add(series(over, target)));
        }
        String unit = metric.map(Measurand::unit).orElse("");
        if (metric.isEmpty() || found.stream().anyMatch(Optional::isEmpty)) {
            return new JudgedClaim(
                    claim, claimed(claim, unit), Span.none(), ClaimVerdict.NOT_COMPARABLE, absent(claim));
        }
        List<Series> series = found.stream().map(Optional::orElseThrow).toList();
        return switch (claim.kind()) {
            case ABSOLUTE -> absolute(claim, metric.get(), series.get(0));
            case RATIO, SHARE -> ratio(claim, metric.get(), series.get(0), series.get(1));
            case ORDER -> order(claim, metric.get(), series);
        };
    }

    private Optional<Series> series(String metric, String target) {
        return analysed.seriesOf(metric).stream()
                .filter(own -> own.target().equals(target) && !own.points().isEmpty())
                .findFirst();
    }

    private String absent(Claim claim) {
        return Stream.of(claim.metric(), claim.over())
                .filter(Objects::nonNull)
                .map(metric -> absent(metric, claim.targets()))
                .filter(missing -> !missing.isEmpty())
                .collect(Collectors.joining("; "));
    }

    private String absent(String metric, List<String> targets) {
        String missing = targets.stream()
                .filter(target -> series(metric, target).isEmpty())
                .collect(Collectors.joining(" and "));
        return missing.isEmpty() ? "" : "this run has no " + metric + " of " + missing;
    }

    private JudgedClaim absolute(Claim claim, Measurand metric, Series series) {
        double[] sorted = series.sorted();
        Evidence evidence = new Evidence(
                OrderStatistics.median(sorted),
                OrderStatistics.medianInterval(sorted).orElse(null),
                bias(metric, series.target()));
        return judged(claim, evidence, metric, Numbers.value(evidence.estimate(), metric.unit()), emulated(series));
    }

    private JudgedClaim ratio(Claim claim, Measurand metric, Series numerator, Series denominator) {
        Evidence evidence = ratioOf(numerator, denominator);
        return judged(claim, evidence, metric, Numbers.ratio(evidence.estimate()), emulated(numerator, denominator));
    }

    private Evidence ratioOf(Series numerator, Series denominator) {
        Pair pair = Pair.of(denominator, numerator);
        OrderStatistics.Interval range = pair.interval();
        return new Evidence(
                pair.ratio(),
                range == null ? null : new OrderStatistics.Interval(Math.exp(range.low()), Math.exp(range.high())),
                between(
                        bias(numerator.metric(), numerator.target()),
                        bias(denominator.metric(), denominator.target())));
    }

    private static Evidence.Bias between(Evidence.Bias numerator, Evidence.Bias denominator) {
        if (denominator == Evidence.Bias.NONE) {
            return numerator;
        }
        if (numerator != Evidence.Bias.NONE) {
            return Evidence.Bias.UNKNOWN;
        }
        return denominator == Evidence.Bias.UPWARDS ? Evidence.Bias.DOWNWARDS : Evidence.Bias.UPWARDS;
    }

    /** Emulating a processor only makes a program slower. */
    private Evidence.Bias bias(Measurand metric, String target) {
        if (!analysed.isEmulated(target) || !TIMED.matcher(metric.unit()).matches()) {
            return Evidence.Bias.NONE;
        }
        if (metric.better() == null) {
            return Evidence.Bias.UNKNOWN;
        }
        return metric.better() == Metric.Better.LOWER ? Evidence.Bias.UPWARDS : Evidence.Bias.DOWNWARDS;
    }

    private JudgedClaim judged(Claim claim, Evidence evidence, Measurand metric, String seen, String emulated) {
        ClaimVerdict verdict = evidence.against(claim.bound());
        boolean elsewhere = verdict == ClaimVerdict.REFUTED
                && claim.kind() == Claim.Kind.ABSOLUTE
                && !claim.hardware().isEmpty();
        String why = switch (verdict) {
            case REPRODUCED -> "";
            case REFUTED -> beyond(evidence, claim.bound());
            case UNDECIDED ->
                evidence.interval() == null
                        ? "too few blocks for an interval; run with --blocks 6 at least"
                        : "the interval reaches both sides; more blocks would decide";
            case NOT_COMPARABLE -> emulated;
        };
        return new JudgedClaim(
                claim,
                claimed(claim, metric.unit()),
                Span.text(seen + interval(evidence, claim.kind(), metric)),
                elsewhere ? ClaimVerdict.NOT_COMPARABLE : verdict,
                elsewhere ? why + ", but it was published for other hardware: " + claim.hardware() : why);
    }

    private static String beyond(Evidence evidence, Bound bound) {
        return "by a factor of "
                + String.format(Locale.ROOT, "%.3g", evidence.factorBeyond(bound))
                + (bound.min() != null && evidence.estimate() < bound.min() ? " below" : " above");
    }

    private static String interval(Evidence evidence, Claim.Kind kind, Measurand metric) {
        OrderStatistics.Interval range = evidence.interval();
        if (range == null) {
            return "";
        }
        return " ("
                + (isRatio(kind)
                        ? Numbers.ratioInterval(range.low(), range.high())
                        : Numbers.interval(range.low(), range.high(), metric.unit()))
                + ")";
    }

    private JudgedClaim order(Claim claim, Measurand metric, List<Series> series) {
        List<String> seen = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        ClaimVerdict verdict = ClaimVerdict.REPRODUCED;
        for (int i = 0; i < series.size(); i++) {
            Series own = series.get(i);
            seen.add(own.target() + " " + Numbers.value(OrderStatistics.median(own.sorted()), metric.unit()));
            if (i == 0) {
                continue;
            }
            Evidence step = ratioOf(own, series.get(i - 1));
            ClaimVerdict judged = step.against(ABOVE_ONE);
            if (judged != ClaimVerdict.REPRODUCED) {
                reasons.add(reason(judged, step, own, series.get(i - 1)));
            }
            verdict = worse(verdict, judged);
        }
        return new JudgedClaim(
                claim,
                claimed(claim, metric.unit()),
                Span.text(String.join(", ", seen)),
                verdict,
                String.join("; ", reasons));
    }

    private String reason(ClaimVerdict verdict, Evidence step, Series own, Series before) {
        return switch (verdict) {
            case REFUTED -> own.target() + " is " + Numbers.ratio(step.estimate()) + " " + before.target();
            case NOT_COMPARABLE -> own.target() + " against " + before.target() + ": " + emulated(own, before);
            default -> own.target() + " cannot be told from " + before.target();
        };
    }

    /** One step that is the other way refutes an order, whatever is known of the others. */
    private static ClaimVerdict worse(ClaimVerdict one, ClaimVerdict other) {
        for (ClaimVerdict verdict :
                List.of(ClaimVerdict.REFUTED, ClaimVerdict.NOT_COMPARABLE, ClaimVerdict.UNDECIDED)) {
            if (one == verdict || other == verdict) {
                return verdict;
            }
        }
        return ClaimVerdict.REPRODUCED;
    }

    private static boolean isRatio(Claim.Kind kind) {
        return kind == Claim.Kind.RATIO || kind == Claim.Kind.SHARE;
    }

    private String emulated(Series... sides) {
        Set<String> names = new LinkedHashSet<>();
        for (Series side : sides) {
            if (analysed.isEmulated(side.target())) {
                names.add(side.target());
            }
        }
        return "the processor of " + String.join(" and ", names)
                + " was emulated, which may be the reason; run it on a host with KVM";
    }

    private static String claimed(Claim claim, String unit) {
        if (claim.kind() == Claim.Kind.ORDER) {
            return String.join(" < ", claim.targets());
        }
        Double min = claim.bound().min();
        Double max = claim.bound().max();
        boolean ratio = isRatio(claim.kind());
        String whom = switch (claim.kind()) {
            case RATIO -> claim.targets().get(0) + " / " + claim.targets().get(1);
            case SHARE -> claim.targets().get(0) + ", " + claim.metric() + " / " + claim.over();
            case ABSOLUTE, ORDER -> claim.targets().get(0);
        };
        String low = min == null ? "" : ratio ? Numbers.ratio(min) : Numbers.value(min, unit);
        String high = max == null ? "" : ratio ? Numbers.ratio(max) : Numbers.value(max, unit);
        if (min != null && max != null) {
            return whom + ": " + low + " to " + high;
        }
        return whom + (min == null ? ": at most " + high : ": at least " + low);
    }
}
