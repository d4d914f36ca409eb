package dev.bench.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RetentionTest {
    private static final Instant NOW = Instant.parse("2026-06-01T00:00:00Z");

    @TempDir
    private Path folder = Path.of("");

    @Test
    void keepsTheNewestOfEachScenarioAndHostClass() {
        for (int day = 1; day <= 3; day++) {
            sample(day).write(folder.resolve("startup " + day));
            sample(day).scenario("redis").write(folder.resolve("redis " + day));
            sample(day).cpu("other").write(folder.resolve("other " + day));
        }

        assertEquals(List.of("other 3", "redis 3", "startup 3"), removable(new Retention(2, null)));
    }

    @Test
    void countsAHostWithALittleLessMemoryAsTheSame() {
        sample(1).memory("24077 MiB").write(folder.resolve("newer"));
        sample(2).memory("24001 MiB").write(folder.resolve("older"));

        assertEquals(List.of("older"), removable(new Retention(1, null)));
    }

    @Test
    void keepsTheLastDaysToTheMoment() {
        sample(30).write(folder.resolve("just"));
        sample(31).write(folder.resolve("too old"));

        assertEquals(List.of("too old"), removable(new Retention(null, 30)));
    }

    @Test
    void keepsWhatEitherRuleKeeps() {
        sample(1).write(folder.resolve("new"));
        sample(5).write(folder.resolve("young enough"));
        sample(50).write(folder.resolve("old"));
        sample(60).scenario("redis").write(folder.resolve("last of its kind"));

        assertEquals(List.of("old"), removable(new Retention(1, 10)));
    }

    @Test
    void neverGivesABaselineAway() {
        sample(1).write(folder.resolve("new"));
        sample(400).write(folder.resolve("baseline")).markBaseline(true);
        sample(401).write(folder.resolve("old"));

        assertEquals(List.of("old"), removable(new Retention(1, 1)));
    }

    @Test
    void letsNoPartialRunPushOutACompleteOne() {
        sample(1).partial().write(folder.resolve("partial, newest"));
        sample(2).write(folder.resolve("complete"));
        sample(3).partial().write(folder.resolve("partial, older"));
        sample(4).write(folder.resolve("complete, older"));

        assertEquals(List.of("complete, older", "partial, older"), removable(new Retention(1, null)));
    }

    private static SampleResult sample(int daysAgo) {
        return new SampleResult().at(NOW.minus(Duration.ofDays(daysAgo)));
    }

    private List<String> removable(Retention retention) {
        return retention.removable(Catalogue.of(folder).read().results(), NOW).stream()
                .map(stored -> stored.run().name())
                .toList();
    }
}
