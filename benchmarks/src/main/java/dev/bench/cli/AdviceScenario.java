package dev.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.image.DockerfileOrder;
import dev.bench.jvm.MeasuringJvm;
import dev.bench.target.Drivers;
import dev.bench.target.Faculty;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes the scenario that measures a Dockerfile as it is beside another order of it. */
final class AdviceScenario {
    private static final String AS_IS = "as-is";
    private static final String BUILDER = "builder";

    private AdviceScenario() {}

    /**
     * Returns the scenario, in that part of YAML which is JSON.
     *
     * @param context the directory of the Dockerfile, which holds the other order too where there is one
     * @param base an archive or a reference; null where the Dockerfile's own base is taken
     * @param inputs what is changed, in turn
     */
    static String of(
            Path context,
            @Nullable String base,
            String builder,
            int blocks,
            List<DockerfileOrder.Input> inputs,
            boolean reordered) {
        ObjectNode scenario = MeasuringJvm.JSON.createObjectNode();
        scenario.put("name", "advise").put("measure", "build");
        ObjectNode workload = scenario.putObject("workload");
        ObjectNode image = workload.putObject("image").put("dockerfile", context.toString());
        if (base != null) {
            Path archive = Path.of(base);
            if (Files.isRegularFile(archive)) {
                image.putObject("base").put("archive", archive.toAbsolutePath().toString());
            } else {
                image.putObject("base").put("oci", base);
            }
        }
        workload.putObject("ready").put("exit", 0);
        ObjectNode build = scenario.putObject("build").put("start", false);
        ObjectNode changes = build.putObject("changes");
        inputs.forEach(
                input -> changes.putObject("line-" + input.instruction().line()).put("append", input.file()));
        ObjectNode targets = scenario.putObject("targets");
        String driver = driver().key();
        targets.putObject(AS_IS).putObject(driver).put(BUILDER, builder);
        if (reordered) {
            targets.putObject("reordered")
                    .putObject(driver)
                    .put(BUILDER, builder)
                    .put("dockerfile", DockerfileOrder.REORDERED);
        }
        scenario.putObject("plan").put("blocks", blocks).put("reference", AS_IS);
        try {
            return MeasuringJvm.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(scenario) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the builders there are, the one that is taken where none is named first. */
    static List<String> builders() {
        return option().choices();
    }

    private static OptionSpec option() {
        return driver().options(Faculty.BUILD).orElseThrow().stream()
                .filter(option -> option.key().equals(BUILDER))
                .findFirst()
                .orElseThrow();
    }

    /** Returns the driver whose targets can be told what builds. */
    private static TargetDriver driver() {
        return Drivers.all().stream()
                .filter(driver -> driver.options(Faculty.BUILD).orElse(List.of()).stream()
                        .anyMatch(option -> option.key().equals(BUILDER)))
                .findFirst()
                .orElseThrow();
    }
}
