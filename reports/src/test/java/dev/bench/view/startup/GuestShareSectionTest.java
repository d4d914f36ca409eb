package dev.bench.view.startup;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.analysis.Analysed;
import dev.bench.analysis.Analysis;
import dev.bench.document.Block;
import dev.bench.report.Samples;
import dev.bench.result.Launch;
import dev.bench.result.Result;
import dev.bench.result.TargetKind;
import dev.bench.view.ReportContext;
import dev.bench.view.Views;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GuestShareSectionTest {
    private static final Result.TargetFacts CONTAINER =
            new Result.TargetFacts("box", TargetKind.CONTAINER, "docker", false, Map.of(), null);
    private static final Result.TargetFacts LEAN =
            new Result.TargetFacts("lean", TargetKind.VM, "libvirt", true, Map.of(), null);
    private static final Result.TargetFacts CLASSIC =
            new Result.TargetFacts("whole", TargetKind.VM, "libvirt", true, Map.of("guest", "classic"), null);
    private static final Map<String, Double> READY = Map.of("box", 200.0, "lean", 2_000.0, "whole", 20_000.0);

    private static List<Block> blocks(Result.TargetFacts... targets) {
        List<Launch> launches = new ArrayList<>();
        for (int block = 1; block <= 3; block++) {
            for (Result.TargetFacts target : targets) {
                launches.add(new Launch(
                        1,
                        block,
                        0,
                        target.name(),
                        false,
                        true,
                        "2026-11-24T12:00:00Z",
                        Map.of("startup.ready_ms", READY.get(target.name())),
                        List.of(),
                        null));
            }
        }
        Analysed analysed = Analysis.of(Samples.of("startup", 3, List.of(targets)), launches);
        return new GuestShareSection()
                .blocks(new ReportContext(analysed, Views.of(analysed), List.of(), "name: x\n", log -> ""));
    }

    @Test
    void aMachineWithoutADiskIsNoMeasureOfAClassicOne() {
        Result.TargetFacts shared = new Result.TargetFacts(
                "lean", TargetKind.VM, "libvirt", true, Map.of("root", "virtiofs: the tree"), null);

        assertEquals(List.of(), blocks(CONTAINER, shared, CLASSIC));
    }

    @Test
    void theMachineIsToldFromItsSystem() {
        String text = blocks(CONTAINER, LEAN, CLASSIC).toString();

        for (String part : List.of("200.0", "1800.0", "18000.0", "20000.0")) {
            assertTrue(text.contains("value=" + part), text);
        }
    }

    @Test
    void nothingIsSaidWhereOneOfTheMachinesIsMissing() {
        assertEquals(List.of(), blocks(CONTAINER, LEAN));
        assertEquals(List.of(), blocks(CONTAINER, CLASSIC));
    }
}
