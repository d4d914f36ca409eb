package dev.bench.cli;

import dev.bench.scenario.HostFit;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Holds the plans of scenarios, with every fault of theirs, so that nothing runs before all are known to be right.
 *
 * @param plans in the order of the files, without those that have a fault
 * @param faults each with its file
 */
record CheckedPlans(List<Planner.Planned> plans, List<String> faults) {
    CheckedPlans {
        plans = List.copyOf(plans);
        faults = List.copyOf(faults);
    }

    /** Reads and plans scenarios, and asks whether this host can hold what they ask for, existing services in use. */
    static CheckedPlans of(
            List<Path> scenarios, Planner.Overrides overrides, GateArguments gate, Path cache, Set<String> existing) {
        List<Planner.Planned> plans = new ArrayList<>();
        List<String> faults = new ArrayList<>();
        for (Path scenario : scenarios) {
            try {
                Planner.Planned planned = PlanCommand.plan(scenario, overrides, gate);
                plans.add(planned);
                HostFit.problem(planned.plan(), PlanCommand.hostView(planned.plan(), cache, existing))
                        .ifPresent(problem -> faults.add(scenario + ": " + problem));
            } catch (ScenarioException e) {
                faults.add(String.valueOf(e.getMessage()));
            } catch (IllegalArgumentException e) {
                faults.add(scenario + ": " + e.getMessage());
            }
        }
        faults.addAll(sharedNames(plans));
        return new CheckedPlans(plans, faults);
    }

    /** Two scenarios of one name could not be told apart in progress, scoreboard and results. */
    static List<String> sharedNames(List<Planner.Planned> plans) {
        Map<String, Path> seen = new HashMap<>();
        List<String> faults = new ArrayList<>();
        for (Planner.Planned planned : plans) {
            Path file = planned.plan().scenarioFile();
            Path first = seen.putIfAbsent(planned.plan().name(), file);
            if (first != null) {
                faults.add(file + ": name: '" + planned.plan().name() + "' is the name of " + first
                        + " too, so that their figures could not be told apart; "
                        + (first.equals(file) ? "name the file once" : "give each a name of its own"));
            }
        }
        return faults;
    }
}
