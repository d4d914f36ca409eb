package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.plan.Plan;
import dev.bench.result.Claim;
import dev.bench.scenario.Planner;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class ReproduceCommandTest {
    private static final Path PUBLISHED = Path.of("..", "scenarios", "published");

    @Test
    void listsEveryShippedFileWithItsPublications() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(PUBLISHED)) {
            files = all.filter(file -> file.toString().endsWith(".yaml"))
                    .sorted()
                    .toList();
        }
        List<Plan> plans = CheckedPlans.of(
                        files, Planner.Overrides.none(), new GateArguments(), Path.of("/var/cache"), Set.of())
                .plans()
                .stream()
                .map(Planner.Planned::plan)
                .toList();
        assertEquals(files.size(), plans.size());

        List<List<String>> lines = ReproduceCommand.table(plans, Integer.MAX_VALUE)
                .lines()
                .map(line -> List.of(line.strip().split(" {2,}")))
                .toList();

        for (Plan plan : plans) {
            Map<String, Long> claims =
                    plan.claims().stream().collect(Collectors.groupingBy(Claim::source, Collectors.counting()));
            claims.forEach((source, count) -> assertTrue(
                    lines.contains(List.of(plan.name(), plan.measure(), String.valueOf(count), source)),
                    plan.name() + ": " + source));
        }
    }
}
