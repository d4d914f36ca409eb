package dev.bench.compose;

import dev.bench.workload.Healthcheck;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads a health check; what it leaves out is as Compose's specification says (05-services, healthcheck). */
final class HealthcheckReader {
    private static final Duration USUAL = Duration.ofSeconds(30);
    private static final int RETRIES = 3;
    private static final String FORMS = "give a text, [CMD, program, argument], [CMD-SHELL, text] or [NONE]";

    private final Located check;

    HealthcheckReader(Located check) {
        this.check = check;
    }

    /** Returns it, or null where there is none. */
    @Nullable
    Healthcheck read() {
        check.accept("disable", "interval", "retries", "start_interval", "start_period", "test", "timeout");
        Duration interval = duration("interval", USUAL);
        Duration startPeriod = duration("start_period", Duration.ZERO);
        Duration startInterval = duration("start_interval", interval);
        Duration timeout = duration("timeout", USUAL);
        int retries = check.parse(
                        "retries",
                        "a whole number from 1 to 9999",
                        text -> text.matches("[1-9][0-9]{0,3}") ? Optional.of(Integer.valueOf(text)) : Optional.empty())
                .orElse(RETRIES);
        if (check.flag("disable")) {
            return null;
        }
        List<String> argv = argv();
        return argv.isEmpty() ? null : new Healthcheck(argv, interval, timeout, startPeriod, startInterval, retries);
    }

    private Duration duration(String key, Duration fallback) {
        return check.parse(
                        key,
                        Quantities.DURATION_EXAMPLE,
                        text -> Quantities.duration(text)
                                .filter(duration -> !duration.isZero() || key.equals("start_period")))
                .orElse(fallback);
    }

    private List<String> argv() {
        if (!check.has("test")) {
            check.reject("has no test; " + FORMS);
            return List.of();
        }
        Located test = check.at("test");
        if (!test.isList()) {
            return test.requireScalar() ? shell(test.text()) : List.of();
        }
        List<String> words = test.items().stream()
                .filter(Located::requireScalar)
                .map(Located::text)
                .toList();
        String form = words.isEmpty() ? "" : words.get(0);
        if (form.equals("NONE")) {
            return List.of();
        }
        if (form.equals("CMD") && words.size() > 1) {
            return words.subList(1, words.size());
        }
        if (form.equals("CMD-SHELL") && words.size() == 2) {
            return shell(words.get(1));
        }
        test.reject("is not accepted; " + FORMS);
        return List.of();
    }

    private static List<String> shell(String text) {
        return List.of("/bin/sh", "-c", text);
    }
}
