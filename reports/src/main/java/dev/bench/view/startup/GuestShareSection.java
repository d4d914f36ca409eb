package dev.bench.view.startup;

import dev.bench.analysis.Analysed;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Span;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Says what of a virtual machine's start is the machine's and what its guest operating system's, where a machine with a whole
 * system and one with nothing but the workload were measured.
 */
final class GuestShareSection implements Section {
    /** What the facts of a target hold whose machines boot a whole system, and what they hold then. */
    private static final String GUEST = "guest";

    private static final String CLASSIC = "classic";
    private static final String MILLIS = "ms";

    @Override
    public String title() {
        return "What is the machine's, and what its system's";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        Optional<Part> classic = find(analysed, GuestShareSection::isClassic);
        Optional<Part> lean = classic.flatMap(whole -> find(
                analysed,
                target -> target.kind().equals(TargetKind.VM)
                        && target.driver().equals(whole.target().driver())
                        && isUsual(target)));
        if (classic.isEmpty() || lean.isEmpty()) {
            return List.of();
        }
        double whole = classic.get().median();
        double machine = lean.get().median();
        Optional<Part> container = find(analysed, target -> target.kind().equals(TargetKind.CONTAINER));
        List<List<Span>> rows = new ArrayList<>();
        container.ifPresent(
                part -> rows.add(row("what a container takes: " + part.name(analysed), part.median(), whole)));
        double before = container.map(Part::median).orElse(0.0);
        rows.add(row(
                (container.isPresent() ? "the machine itself, beyond that: " : "the machine itself: ")
                        + lean.get().name(analysed),
                machine - before,
                whole));
        rows.add(row(
                "firmware, boot loader and operating system, beyond that: "
                        + classic.get().name(analysed),
                whole - machine,
                whole));
        rows.add(row("all of it", whole, whole));
        return List.of(
                new Block.Table(
                        "What of a virtual machine is its system's",
                        "",
                        Column.texts("part", "to ready (median)", "share"),
                        rows,
                        Depth.SUMMARY),
                Block.note(
                        "Medians of the same blocks, subtracted: the lean guest has the same machine, the same disk and"
                                + " the same workload, and a kernel and an init instead of a system. Both kernels may differ; the"
                                + " facts of the targets say which they are."));
    }

    private static List<Span> row(String part, double millis, double whole) {
        return List.of(Span.text(part), new Span.Value(millis, MILLIS), new Span.Value(100 * millis / whole, "%"));
    }

    private static boolean isClassic(Result.TargetFacts target) {
        return CLASSIC.equals(target.facts().get(GUEST));
    }

    /** Returns whether a target's machines are lean, and boot and have their root as machines usually do. */
    private static boolean isUsual(Result.TargetFacts target) {
        return !isClassic(target)
                && !target.facts().containsKey(StartupView.BOOT)
                && !target.facts().containsKey(StartupView.ROOT);
    }

    /** Returns the first target of a kind that got ready. */
    private static Optional<Part> find(Analysed analysed, Predicate<Result.TargetFacts> kind) {
        return analysed.result().targets().stream()
                .filter(kind)
                .flatMap(target -> analysed.summary(StartupView.READY, target.name()).stream()
                        .map(Result.MetricSummary::median)
                        .flatMap(median -> Optional.ofNullable(median).stream())
                        .map(median -> new Part(target, median)))
                .findFirst();
    }

    private record Part(Result.TargetFacts target, double median) {
        String name(Analysed analysed) {
            return Names.plain(analysed, target.name());
        }
    }
}
