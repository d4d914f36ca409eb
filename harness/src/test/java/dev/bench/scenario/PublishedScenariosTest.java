package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.plan.Plan;
import dev.bench.result.Claim;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Reads and plans the published figures that come with the tool. */
class PublishedScenariosTest {
    private static final Path PUBLISHED = Path.of("..", "scenarios", "published");

    /** The table of courses and cheat sheets has no address: nobody knows who wrote it first. */
    private static final String NOTES = "the table \"VM against Docker\" of courses and cheat sheets";

    private static final Pattern ADDRESS = Pattern.compile("https://\\S+$");

    /** The fewest measured blocks that have an interval of the median. */
    private static final int FEWEST_BLOCKS = 6;

    private static final int MOST_BLOCKS = 10;

    private static List<Path> files() throws Exception {
        List<Path> found = new ArrayList<>();
        try (DirectoryStream<Path> files = Files.newDirectoryStream(PUBLISHED, "*.yaml")) {
            files.forEach(found::add);
        }
        found.sort(null);
        return found;
    }

    private static Plan plan(Path file) throws Exception {
        return new Planner(ScenarioReaderTest.drivers())
                .plan(new ScenarioReader(ScenarioReaderTest.drivers()).read(file), Planner.Overrides.none())
                .plan();
    }

    @TestFactory
    List<DynamicTest> eachIsPlannedAndSaysWhatItPutsToTheTestAndWhereThatWasPublished() throws Exception {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> {
                    Plan plan = plan(file);
                    assertEquals(file.getFileName().toString(), plan.name() + ".yaml");
                    assertTrue(
                            Files.readAllLines(file).get(0).matches("# What .* put to the test.*"),
                            "begins with what it puts to the test");
                    int blocks = plan.schedule().blocks();
                    assertTrue(blocks >= FEWEST_BLOCKS && blocks <= MOST_BLOCKS, blocks + " blocks");
                    assertFalse(plan.claims().isEmpty(), "holds no claim");
                    plan.claims().forEach(PublishedScenariosTest::assertIsLookedUpEasily);
                }))
                .toList();
    }

    private static void assertIsLookedUpEasily(Claim claim) {
        assertFalse(claim.says().isBlank(), claim.name());
        assertTrue(
                claim.source().equals(NOTES) || ADDRESS.matcher(claim.source()).find(), claim.source());
    }

    @Test
    void thereAreTwelvePublicationsAtLeastBesideTheNotes() throws Exception {
        Set<String> sources = new HashSet<>();
        for (Path file : files()) {
            plan(file).claims().forEach(claim -> sources.add(claim.source()));
        }
        assertTrue(sources.remove(NOTES));
        assertTrue(sources.size() >= 12, sources.size() + " publications");
    }
}
