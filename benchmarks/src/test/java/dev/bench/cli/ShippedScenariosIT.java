package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs the scenarios that are shipped as they stand, but for the number of blocks. */
@ExtendWith(NothingIsLeft.class)
class ShippedScenariosIT {
    /**
     * Run whole by continuous integration, by {@link RunIT} and {@link DeliveryIT}, and in small by {@link StorageIT}, {@link
     * IsolationIT}, {@link ClassicMachineIT} and {@link LeanMachineIT}.
     */
    private static final Set<String> RUN_ELSEWHERE = Set.of(
            "startup.yaml",
            "memory.yaml",
            "scaleout.yaml",
            "build.yaml",
            "delivery.yaml",
            "storage.yaml",
            "databases.yaml",
            "classic.yaml",
            "boot.yaml",
            "isolation.yaml");

    @TempDir
    private Path directory;

    static List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(Bench.scenario("."))) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".yaml") && !RUN_ELSEWHERE.contains(name))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void everyTargetGetsReadyEachTime(String name) throws Exception {
        Bench bench = new Bench(directory);
        List<String> arguments = new ArrayList<>(List.of("run", "--yes", "--blocks", "1", "--warmup-blocks", "0"));
        if (name.equals("stack.yaml")) {
            // Its machines take minutes where they are emulated; MachineStackIT has smaller ones.
            arguments.addAll(List.of("--target", "containers"));
        }
        arguments.add(Bench.scenario(name).toString());
        Bench.Outcome outcome = bench.run(arguments.toArray(String[]::new));

        assertEquals(0, outcome.status(), outcome.err());
        ResultStore store = new ResultStore(bench.result());
        for (Result.TargetFacts target : store.read().targets()) {
            List<Launch> launches = store.launches().stream()
                    .filter(launch -> launch.target().equals(target.name()))
                    .toList();
            assertEquals(1, launches.size(), launches.toString());
            assertTrue(launches.stream().allMatch(Launch::ok), launches.toString());
        }
    }
}
