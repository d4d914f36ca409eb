package dev.bench.compare.render;

import dev.bench.compare.Compared;
import dev.bench.compare.ComparisonReport;
import dev.bench.compare.FailureChange;
import dev.bench.compare.LimitCheck;
import dev.bench.compare.Outcome;
import dev.bench.compare.Whole;
import java.util.ArrayList;
import java.util.List;

/** Renders a comparison as workflow commands of GitHub, which shows them beside the change. */
public final class GithubAnnotations {
    /** GitHub shows ten annotations of a kind per step and drops the rest without a word. */
    private static final int MOST = 10;

    private GithubAnnotations() {}

    /** Returns one command per line: errors for regressions, warnings for what is inconclusive, else one notice. */
    public static List<String> render(ComparisonReport report) {
        List<String> errors = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        for (Compared row : report.rows()) {
            switch (row.outcome()) {
                case REGRESSED -> errors.add(Cells.sentence(row));
                case INCONCLUSIVE -> warnings.add(Cells.sentence(row));
                case IMPROVED, EQUIVALENT -> {}
            }
        }
        Whole whole = report.whole();
        if (whole != null && whole.outcome() == Outcome.REGRESSED) {
            errors.add(0, "all together: " + Cells.sentence(whole));
        }
        for (FailureChange change : report.failures()) {
            if (change.outcome() == Outcome.REGRESSED) {
                errors.add(Cells.sentence(change));
            }
        }
        for (LimitCheck check : report.limits()) {
            switch (check.verdict()) {
                case BROKEN -> errors.add(Cells.sentence(check));
                case INCONCLUSIVE -> warnings.add(Cells.sentence(check));
                case KEPT -> {}
            }
        }
        List<String> commands = new ArrayList<>();
        add(commands, "error", "bench: regressed", errors);
        add(commands, "warning", "bench: inconclusive", warnings);
        if (commands.isEmpty()) {
            add(commands, "notice", "bench: " + report.outcome().label(), List.of(report.sentence()));
        }
        return commands;
    }

    private static void add(List<String> commands, String command, String title, List<String> messages) {
        int shown = messages.size() <= MOST ? messages.size() : MOST - 1;
        for (String message : messages.subList(0, shown)) {
            commands.add(command(command, title, message));
        }
        if (shown < messages.size()) {
            commands.add(command(command, title, "and " + (messages.size() - shown) + " more, see the summary"));
        }
    }

    private static String command(String command, String title, String message) {
        return "::" + command + " title=" + property(title) + "::" + data(message);
    }

    /** Escapes a message as GitHub's own toolkit does. */
    private static String data(String text) {
        return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A");
    }

    private static String property(String text) {
        return data(text).replace(":", "%3A").replace(",", "%2C");
    }
}
