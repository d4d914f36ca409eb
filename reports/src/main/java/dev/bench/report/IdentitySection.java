package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Block;
import dev.bench.document.Column;
import dev.bench.document.Depth;
import dev.bench.document.Numbers;
import dev.bench.document.Span;
import dev.bench.result.Identity;
import dev.bench.result.Result;
import dev.bench.result.Secrets;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the proof that every target ran the same workload, and what each saw of its machine. */
final class IdentitySection implements Section {
    private static final int DIGEST_SHOWN = 16;

    /** Says what a row's values have to be. */
    private enum Rule {
        SAME,
        /** The same on all targets that run as the image's user; of the others the proof held each against its own. */
        SAME_AS_USER,
        OWN
    }

    @Override
    public String title() {
        return "Identity";
    }

    @Override
    public List<Block> blocks(ReportContext context) {
        Analysed analysed = context.analysed();
        Result.WorkloadFacts workload = analysed.result().workload();
        List<Result.TargetFacts> targets = analysed.result().targets().stream()
                .filter(target -> target.identity() != null)
                .toList();
        List<Block> blocks = new ArrayList<>();
        blocks.add(Block.text("Image " + workload.image() + ", configuration " + workload.imageDigest() + ", tree "
                + workload.treeDigest() + ". Ready: " + workload.readiness() + ". Limits: "
                + workload.limits() + "."));
        if (targets.isEmpty()) {
            blocks.add(new Block.Paragraph(Block.Role.ALARM, List.of(Span.text("The proof did not run."))));
            return blocks;
        }
        List<String> head = new ArrayList<>(List.of("seen from inside"));
        targets.forEach(target -> head.add(Names.plain(analysed, target.name())));
        head.add("same");
        List<List<Span>> rows = new ArrayList<>();
        rows.add(row("tree digest", targets, identity -> abbreviated(identity.treeDigest()), Rule.SAME));
        if (targets.stream().map(Result.TargetFacts::identity).anyMatch(IdentitySection::remembered)) {
            rows.add(row("tree read", targets, IdentitySection::reading, Rule.OWN));
        }
        rows.add(row("arguments", targets, identity -> Secrets.mask(String.join(" ", identity.argv())), Rule.SAME));
        rows.add(row(
                "environment",
                targets,
                identity -> identity.env().stream().map(Secrets::maskVariable).collect(Collectors.joining("\n")),
                Rule.SAME_AS_USER));
        rows.add(row("user, group", targets, identity -> identity.uid() + ", " + identity.gid(), Rule.SAME_AS_USER));
        if (targets.stream().map(Result.TargetFacts::identity).anyMatch(IdentitySection::declares)) {
            rows.add(row("user that was asked for", targets, IdentitySection::declaredUser, Rule.OWN));
        }
        rows.add(row("directory", targets, Identity::cwd, Rule.SAME));
        rows.add(row("kernel", targets, Identity::kernel, Rule.OWN));
        rows.add(row("processors", targets, identity -> Numbers.digits(identity.cpus()), Rule.OWN));
        rows.add(row("memory", targets, identity -> (identity.memoryBytes() >> 20) + " MiB", Rule.OWN));
        blocks.add(
                Block.table("What each target was seen to run, before anything was timed", Column.texts(head), rows));
        differences(blocks, analysed);
        return blocks;
    }

    private static void differences(List<Block> blocks, Analysed analysed) {
        IdentityDifferences differences = IdentityDifferences.of(analysed.result());
        if (differences.targets().size() < 2) {
            return;
        }
        if (!differences.differing().isEmpty()) {
            List<Column> columns = new ArrayList<>(List.of(new Column("not alike", "", false)));
            differences.targets().forEach(target -> columns.add(Column.text(Names.plain(analysed, target.name()))));
            columns.add(Column.text("because"));
            List<List<Span>> rows = new ArrayList<>();
            for (IdentityDifferences.Row difference : differences.differing()) {
                List<Span> row = new ArrayList<>(List.of(Span.text(difference.name())));
                difference.values().forEach(value -> row.add(new Span.Code(value)));
                row.add(Span.text(difference.reason()));
                rows.add(row);
            }
            blocks.add(new Block.Table(
                    "What the kernel told the workload of itself, where it is not the same everywhere",
                    "What was not alike inside the targets",
                    columns,
                    rows,
                    Depth.SUMMARY));
        }
        blocks.add(Block.text("The same everywhere: " + String.join("; ", differences.same()) + "."));
    }

    private static boolean remembered(@Nullable Identity identity) {
        return identity != null && identity.treeReadAt() != null;
    }

    private static String reading(Identity identity) {
        return identity.treeReadAt() == null
                ? "in this run"
                : "on " + identity.treeReadAt().replace('T', ' ').replace("Z", " UTC")
                        + "; disk and kernel the same to the byte";
    }

    private static String abbreviated(String digest) {
        return digest.length() <= DIGEST_SHOWN ? digest : digest.substring(0, DIGEST_SHOWN) + "…";
    }

    private static boolean declares(@Nullable Identity identity) {
        return identity != null && identity.declaredUser() != null;
    }

    private static String declaredUser(Identity identity) {
        String declared = identity.declaredUser();
        return declared == null ? "the image's" : declared;
    }

    private static List<Span> row(
            String name, List<Result.TargetFacts> targets, Function<Identity, String> value, Rule rule) {
        List<Span> row = new ArrayList<>(List.of(Span.text(name)));
        Set<String> bound = new HashSet<>();
        Set<String> all = new HashSet<>();
        for (Result.TargetFacts target : targets) {
            Identity identity = target.identity();
            if (identity != null) {
                String text = value.apply(identity);
                row.add(new Span.Code(text));
                all.add(text);
                if (rule != Rule.SAME_AS_USER || !declares(identity)) {
                    bound.add(text);
                }
            }
        }
        row.add(verdict(rule, all.size(), bound.size()));
        return row;
    }

    /** Judges by how many different values there are, at all and where they have to be one. */
    private static Span verdict(Rule rule, int all, int bound) {
        if (all == 1) {
            return Span.text("✓ same");
        }
        if (rule == Rule.OWN) {
            return Span.text("differs by nature");
        }
        return bound <= 1 ? Span.text("✓ as declared") : new Span.Alarm("✗ differs");
    }
}
