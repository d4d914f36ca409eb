package dev.bench.analysis;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.compare.StoredResults;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.ResultStore;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class MarginTest {
    @TempDir
    private Path directory = Path.of("");

    private static final Measurand READY = Measurands.named("startup.ready_ms");
    private static final Measurand EXEC = Measurands.named("startup.exec_ms");

    /** The machine takes 10 % more of both: that is a difference only where two equal things differ by less. */
    @Test
    void aNoisyMetricRaisesItsOwnBarOnlyAndIsNeverCalledTheSame() {
        new StoredResults().target("container", 100).target("vm", 110).store(directory.resolve("x"));
        Result result = new ResultStore(directory.resolve("x")).read();

        Analysed analysed = Analysis.of(result, launches());

        assertEquals(Margin.PRACTICAL, analysed.margin(READY).bar());
        assertTrue(analysed.margin(EXEC).bar() > 0.15, analysed.margins().toString());
        assertEquals("higher", verdict(analysed, READY));
        assertEquals("inconclusive", verdict(analysed, EXEC));
        assertEquals(Margin.PRACTICAL, analysed.margin(EXEC).practical());
        String sentence = analysed.undecided(EXEC).stream()
                .filter(said -> said.startsWith("vm against"))
                .findFirst()
                .orElseThrow();
        assertTrue(
                sentence.matches("vm against container: no difference found; one above \\d\\d % would have been seen;"
                        + " about \\d+ blocks would decide"),
                sentence);
    }

    private static String verdict(Analysed analysed, Measurand metric) {
        return analysed.comparison(metric.id(), "vm").orElseThrow().verdict();
    }

    private static List<Launch> launches() {
        SplittableRandom random = new SplittableRandom(1);
        List<Launch> launches = new ArrayList<>();
        for (int block = 1; block <= 20; block++) {
            for (String target : List.of("container", "container (A/A)", "vm")) {
                double level = target.equals("vm") ? 110 : 100;
                Map<String, Double> values = Map.of(
                        "startup.ready_ms", level * Math.exp(0.01 * random.nextGaussian()),
                        "startup.exec_ms", level * Math.exp(0.3 * random.nextGaussian()));
                launches.add(new Launch(1, block, 0, target, false, true, "", values, List.of(), null));
            }
        }
        return launches;
    }
}
