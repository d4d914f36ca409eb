package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.ResultStore;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Brings up applications that are built as those of docker/awesome-compose are, from Debian's packages, as containers and in
 * virtual machines, until the service in front gives its first correct answer. Needs root, and what {@code bench setup}
 * installs. One of them only, unless {@code -Dbench.stacks=all} asks for every one.
 */
@ExtendWith(NothingIsLeft.class)
class AwesomeStacksIT {
    private static final List<String> ALWAYS = List.of("nginx-nodejs-redis");
    private static final List<String> WHERE_ASKED =
            List.of("nginx-flask-mysql", "nginx-golang-postgres", "prometheus-grafana", "wordpress-mysql");

    @TempDir
    private Path directory;

    static List<String> stacks() {
        return "all".equals(System.getProperty("bench.stacks"))
                ? Stream.concat(ALWAYS.stream(), WHERE_ASKED.stream()).toList()
                : ALWAYS;
    }

    @ParameterizedTest
    @MethodSource("stacks")
    void theFrontAnswersOnEverySubstrate(String stack) throws Exception {
        Bench bench = new Bench(directory);

        Bench.Outcome outcome = bench.run(
                "run",
                "--yes",
                Path.of("src/test/resources/stacks", stack + ".yaml")
                        .toAbsolutePath()
                        .toString());

        assertEquals(0, outcome.status(), outcome.err());
        List<Launch> launches = new ResultStore(bench.result()).launches();
        assertEquals(
                Set.of("containers", "machines"),
                launches.stream().map(Launch::target).collect(Collectors.toSet()));
        for (Launch launch : launches) {
            assertTrue(launch.ok(), launch.toString());
            assertTrue(launch.values().getOrDefault("stack.answer_ms", 0.0) > 0, launch.toString());
        }
    }
}
