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
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Shows the proof that every target ran the same workload, and what each saw of its machine. */
final class IdentitySection implements Section {
    private static final int DIGEST_SHOWN = 16;

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
        rows.add(row("tree digest", targets, identity -> abbreviated(identity.treeDigest()), true));
        if (targets.stream().map(Result.TargetFacts::identity).anyMatch(IdentitySection::remembered)) {
            rows.add(row("tree read", targets, IdentitySection::reading, false));
        }
        rows.add(row("arguments", targets, identity -> Secrets.mask(String.join(" ", identity.argv())), true));
        rows.add(row(
                "environment",
                targets,
                identity -> identity.env().stream().map(Secrets::maskVariable).collect(Collectors.joining("\n")),
                true));
        rows.add(row("user, group", targets, identity -> identity.uid() + ", " + identity.gid(), true));
        rows.add(row("directory", targets, Identity::cwd, true));
        rows.add(row("kernel", targets, Identity::kernel, false));
        rows.add(row("processors", targets, identity -> Numbers.digits(identity.cpus()), false));
        rows.add(row("memory", targets, identity -> (identity.memoryBytes() >> 20) + " MiB", false));
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

    private static List<Span> row(
            String name, List<Result.TargetFacts> targets, Function<Identity, String> value, boolean mustBeSame) {
        List<Span> row = new ArrayList<>(List.of(Span.text(name)));
        List<String> values = new ArrayList<>();
        for (Result.TargetFacts target : targets) {
            Identity identity = target.identity();
            if (identity != null) {
                values.add(value.apply(identity));
            }
        }
        values.forEach(text -> row.add(new Span.Code(text)));
        boolean same = values.stream().distinct().count() == 1;
        row.add(same ? Span.text("✓ same") : mustBeSame ? new Span.Alarm("✗ differs") : Span.text("differs by nature"));
        return row;
    }
}
