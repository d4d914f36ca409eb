package dev.bench.cli;

import dev.bench.verify.Verification;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Recomputes the figures of reports from their raw launches. */
@Command(
        name = "verify",
        description = {
            "Recompute the figures of a report from the raw launches in it.",
            "",
            "Takes reports (report.html) and result directories. Medians, intervals, spread, ratios and counts of the"
                    + " comparison are computed again by code that shares nothing with the analysis, and compared to the last"
                    + " printed digit, in report.html, report.md and result.json; in report.html every launch and the moments of"
                    + " launches too. Figures that are missing are found, and the digest of the raw launches is checked."
                    + " What is not verified is named."
        },
        footer = {
            "%nExamples:",
            "  bench verify results/startup-20261124T120000Z",
            "  bench verify report.html",
            "%nExit status: 0 every figure agrees, 1 internal error, 2 usage error, 3 a figure or the digest disagrees."
        },
        mixinStandardHelpOptions = true)
final class VerifyCommand implements Callable<Integer> {
    @Parameters(arity = "1..*", paramLabel = "REPORT|RESULT", description = "A report, or the directory of a result.")
    private List<Path> paths = new ArrayList<>();

    @Override
    public Integer call() {
        Console console = Console.system();
        boolean agrees = true;
        for (Path path : paths) {
            Verification verification = Verification.of(path.toAbsolutePath().normalize());
            StringBuilder out = new StringBuilder(path + ": " + verification.verified() + " figures recomputed, "
                    + verification.disagreements().size() + " disagree\n");
            verification
                    .disagreements()
                    .forEach(disagreement ->
                            out.append("  disagrees: ").append(disagreement).append('\n'));
            verification
                    .unverified()
                    .forEach(what -> out.append("  not verified: ").append(what).append('\n'));
            console.text(out.toString());
            agrees &= verification.disagreements().isEmpty();
        }
        return (agrees ? ExitCode.PASS : ExitCode.REGRESSION).status();
    }
}
