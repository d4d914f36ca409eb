package dev.bench.report;

import dev.bench.analysis.Analysed;
import dev.bench.document.Html;
import dev.bench.document.Numbers;
import dev.bench.result.Identity;
import dev.bench.result.Result;
import dev.bench.result.Secrets;
import dev.bench.view.Names;
import dev.bench.view.ReportContext;
import dev.bench.view.Section;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    public Optional<String> render(ReportContext context) {
        Analysed analysed = context.analysed();
        Result.WorkloadFacts workload = analysed.result().workload();
        List<Result.TargetFacts> targets = analysed.result().targets().stream()
                .filter(target -> target.identity() != null)
                .toList();
        Html html = new Html();
        html.raw("<p>")
                .text("Image " + workload.image() + ", configuration " + workload.imageDigest() + ", tree "
                        + workload.treeDigest() + ". Ready: " + workload.readiness() + ". Limits: "
                        + workload.limits() + ".")
                .raw("</p>");
        if (targets.isEmpty()) {
            html.raw("<p class=\"bad\">").text("The proof did not run.").raw("</p>");
            return Optional.of(html.toString());
        }
        List<String> head = new ArrayList<>(List.of("seen from inside"));
        targets.forEach(target -> head.add(Names.plain(analysed, target.name())));
        head.add("same");
        List<List<String>> rows = new ArrayList<>();
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
        html.table("What each target was seen to run, before anything was timed", head, rows);
        differences(html, analysed);
        return Optional.of(html.toString());
    }

    private static void differences(Html html, Analysed analysed) {
        IdentityDifferences differences = IdentityDifferences.of(analysed.result());
        if (differences.targets().size() < 2) {
            return;
        }
        if (!differences.differing().isEmpty()) {
            List<String> head = new ArrayList<>(List.of("not alike"));
            differences.targets().forEach(target -> head.add(Names.plain(analysed, target.name())));
            head.add("because");
            List<List<String>> rows = new ArrayList<>();
            for (IdentityDifferences.Row difference : differences.differing()) {
                List<String> row = new ArrayList<>(List.of(Html.escape(difference.name())));
                difference
                        .values()
                        .forEach(value -> row.add("<code>" + Html.escape(value).replace("\n", "<br>") + "</code>"));
                row.add(Html.escape(difference.reason()));
                rows.add(row);
            }
            html.table("What the kernel told the workload of itself, where it is not the same everywhere", head, rows);
        }
        html.raw("<p>")
                .text("The same everywhere: " + String.join("; ", differences.same()) + ".")
                .raw("</p>");
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

    private static List<String> row(
            String name, List<Result.TargetFacts> targets, Function<Identity, String> value, boolean mustBeSame) {
        List<String> row = new ArrayList<>(List.of(Html.escape(name)));
        List<String> values = new ArrayList<>();
        for (Result.TargetFacts target : targets) {
            Identity identity = target.identity();
            if (identity != null) {
                values.add(value.apply(identity));
            }
        }
        values.forEach(text -> row.add("<code>" + Html.escape(text).replace("\n", "<br>") + "</code>"));
        boolean same = values.stream().distinct().count() == 1;
        row.add(same ? "✓ same" : mustBeSame ? "<span class=\"bad\">✗ differs</span>" : "differs by nature");
        return row;
    }
}
