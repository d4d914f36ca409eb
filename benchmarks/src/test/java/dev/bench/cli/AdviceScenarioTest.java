package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.bench.image.DockerfileOrder;
import dev.bench.plan.Plan;
import dev.bench.scenario.ScenarioException;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdviceScenarioTest {
    @TempDir
    private Path directory;

    private Plan plan(String base, boolean reordered) throws IOException, ScenarioException {
        Path context = Files.createDirectories(directory.resolve("a \"context\""));
        String dockerfile = "ARG BASE=x\nFROM $BASE\nCOPY a.txt /\nCOPY . /all/\n";
        Files.writeString(context.resolve("Dockerfile"), dockerfile);
        Files.writeString(context.resolve(DockerfileOrder.REORDERED), dockerfile);
        Files.writeString(context.resolve("a.txt"), "a");
        Files.writeString(context.resolve("b.txt"), "b");
        List<DockerfileOrder.Input> inputs = DockerfileOrder.of(dockerfile, context, Set.of("a.txt", "b.txt"))
                .inputs();
        Path scenario = directory.resolve("scenario.yaml");
        Files.writeString(scenario, AdviceScenario.of(context, base, "classic", 3, inputs, reordered));
        return PlanCommand.plan(scenario, new PlanArguments().overrides(), new GateArguments())
                .plan();
    }

    @Test
    void measuresBothOrdersAfterAChangeOfEveryInput() throws IOException, ScenarioException {
        Path archive = Files.writeString(directory.resolve("base.tar"), "");
        Plan plan = plan(archive.toString(), true);

        assertEquals(
                List.of("as-is", "reordered"),
                plan.targets().stream().map(target -> target.name()).toList());
        assertEquals("as-is", plan.reference());
        assertEquals(
                new ImageSource.Archive(archive),
                ((ImageSource.Dockerfile) plan.workload().image()).base());
        assertEquals(
                List.of("classic", "classic"),
                plan.targets().stream()
                        .map(target -> target.options().get("builder"))
                        .toList());
    }

    @Test
    void measuresOneOrderOnTheDockerfilesOwnBase() throws IOException, ScenarioException {
        Plan plan = plan(null, false);

        assertEquals(1, plan.targets().size());
        assertNull(((ImageSource.Dockerfile) plan.workload().image()).base());
    }
}
