package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.plan.Plan;
import dev.bench.target.Drivers;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

final class EstimateTest {
    private static final List<TargetDriver> DRIVERS = Drivers.all();

    private static Duration of(String scenario, Integer blocks, List<String> targets) throws Exception {
        Plan plan = new Planner(DRIVERS)
                .plan(
                        new ScenarioReader(DRIVERS).read(Path.of("..", "scenarios", scenario)),
                        new Planner.Overrides(blocks, null, null, null, targets))
                .plan();
        return Estimate.of(plan, DRIVERS, 2);
    }

    @Test
    void theShippedScaleOutFitsIntoTenMinutesOnTwoProcessors() throws Exception {
        Duration estimate = of("scaleout.yaml", null, List.of());
        assertTrue(estimate.compareTo(Duration.ofMinutes(5)) > 0, estimate.toString());
        assertTrue(estimate.compareTo(Duration.ofMinutes(10)) < 0, estimate.toString());
    }

    @Test
    void everyBlockCostsTheSameAndMachinesMost() throws Exception {
        List<String> machine = List.of("vm");
        Duration four = of("startup.yaml", 4, machine);
        Duration two = four.minus(of("startup.yaml", 2, machine));
        assertEquals(four.plus(two), of("startup.yaml", 6, machine));
        assertTrue(four.compareTo(of("startup.yaml", 4, List.of("process", "container"))) > 0);
    }
}
