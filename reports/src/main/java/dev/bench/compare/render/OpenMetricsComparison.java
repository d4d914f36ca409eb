package dev.bench.compare.render;

import dev.bench.analysis.Measurand;
import dev.bench.analysis.OrderStatistics;
import dev.bench.compare.AbsoluteLimit;
import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.LimitCheck;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import dev.bench.document.PlainText;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Renders a comparison as OpenMetrics text, which GitLab's metrics report reads. */
public final class OpenMetricsComparison {
    private final StringBuilder out = new StringBuilder();
    private final List<Compared> rows;
    private final @Nullable Whole whole;
    private final List<LimitCheck> limits;

    private OpenMetricsComparison(ComparisonReport report) {
        this.rows = report.rows();
        this.whole = report.whole();
        this.limits = report.limits();
    }

    /** Returns the text; a figure that does not exist has no line. */
    public static String render(ComparisonReport report) {
        return new OpenMetricsComparison(report).write();
    }

    private String write() {
        gauge("bench_base_median", "Median of BASE.", row -> row.base().median().orElse(Double.NaN));
        gauge("bench_head_median", "Median of HEAD.", row -> row.head().median().orElse(Double.NaN));
        gauge("bench_ratio", "Estimate of HEAD / BASE.", row -> row.shift().ratio());
        gauge("bench_ratio_low", "Lower end of its 95 % interval.", row -> end(row, true));
        gauge("bench_ratio_high", "Upper end of its 95 % interval.", row -> end(row, false));
        family("bench_verdict", "Verdict on HEAD against BASE.");
        for (Compared row : rows) {
            for (Outcome outcome : Outcome.values()) {
                out.append("bench_verdict{")
                        .append(labels(row))
                        .append(",bench_verdict=\"")
                        .append(outcome.label())
                        .append("\"} ")
                        .append(row.outcome() == outcome ? 1 : 0)
                        .append('\n');
            }
        }
        if (whole != null) {
            family("bench_whole", "Verdict on all benchmarks together.");
            for (Outcome outcome : Outcome.values()) {
                out.append("bench_whole{bench_whole=\"")
                        .append(outcome.label())
                        .append("\"} ")
                        .append(whole.outcome() == outcome ? 1 : 0)
                        .append('\n');
            }
            family("bench_whole_worsening", "Estimate of all benchmarks together, above 1 where HEAD is worse.");
            out.append("bench_whole_worsening ").append(whole.ratio()).append('\n');
        }
        family("bench_limit", "Whether HEAD keeps an absolute limit.");
        for (LimitCheck check : limits) {
            for (AbsoluteLimit.Standing verdict : AbsoluteLimit.Standing.values()) {
                out.append("bench_limit{")
                        .append(labels(
                                check.measurand(),
                                check.target(),
                                check.samples().emulated()))
                        .append(",bench_limit=\"")
                        .append(verdict.label())
                        .append("\"} ")
                        .append(check.verdict() == verdict ? 1 : 0)
                        .append('\n');
            }
        }
        return out.append("# EOF\n").toString();
    }

    private static double end(Compared row, boolean low) {
        OrderStatistics.Interval interval = row.shift().interval();
        return interval == null ? Double.NaN : Math.exp(low ? interval.low() : interval.high());
    }

    private void gauge(String name, String help, ToDoubleFunction<Compared> value) {
        family(name, help);
        for (Compared row : rows) {
            double number = value.applyAsDouble(row);
            if (Double.isFinite(number)) {
                out.append(name)
                        .append('{')
                        .append(labels(row))
                        .append("} ")
                        .append(number)
                        .append('\n');
            }
        }
    }

    private void family(String name, String help) {
        out.append("# TYPE ").append(name).append(" gauge\n");
        out.append("# HELP ").append(name).append(' ').append(help).append('\n');
    }

    private static String labels(Compared row) {
        return labels(row.measurand(), row.target(), row.isEmulated());
    }

    private static String labels(Measurand measurand, String target, boolean emulated) {
        return "metric=\"" + escape(measurand.id()) + "\",target=\"" + escape(target) + "\",unit=\""
                + escape(measurand.unit()) + "\",emulated=\"" + emulated + "\"";
    }

    /** Escapes a label's value; line ends became spaces before. */
    private static String escape(String text) {
        return PlainText.printable(text).replace("\\", "\\\\").replace("\"", "\\\"");
    }
}
