package dev.bench.cli;

import dev.bench.doctor.Doctor;
import dev.bench.doctor.Needs;
import dev.bench.doctor.Setup;
import dev.bench.doctor.SetupException;
import dev.bench.host.Capability;
import dev.bench.scenario.Planner;
import dev.bench.target.Drivers;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Makes sure that the host has what a run needs, before it begins. */
final class Fitness {
    private Fitness() {}

    /** Checks what the plans need and nothing more, installs what is missing where that is wanted, and checks again. */
    static ExitCode require(Console console, List<Planner.Planned> plans, LabArguments lab, boolean yes) {
        List<TargetDriver> drivers = Drivers.all();
        Set<String> needs = new TreeSet<>();
        plans.forEach(planned -> needs.addAll(Needs.of(planned.plan(), drivers)));
        Examination examination = Examination.ofHost(drivers, lab.cache(), lab.endpoints());
        console.progress("examining the host");
        List<Capability> obstacles = Doctor.obstacles(Doctor.check(examination, drivers, needs), needs);
        List<Capability> first = Doctor.first(obstacles);
        if (!first.equals(obstacles)) {
            first.forEach(obstacle -> console.problem(describe(obstacle)));
            return ExitCode.HOST_UNFIT;
        }
        List<String> packages = Setup.plan(obstacles);
        if (!packages.isEmpty()) {
            try {
                if (!install(console, new Setup(examination.distribution(), drivers), packages, yes)) {
                    return ExitCode.HOST_UNFIT;
                }
            } catch (SetupException e) {
                console.problem(String.valueOf(e.getMessage()));
                return ExitCode.HOST_UNFIT;
            }
            obstacles = Doctor.obstacles(Doctor.check(examination, drivers, needs), needs);
        }
        obstacles.forEach(obstacle -> console.problem(describe(obstacle)));
        return obstacles.isEmpty() ? ExitCode.PASS : ExitCode.HOST_UNFIT;
    }

    /**
     * Installs packages after a yes; without one says the exact command and returns false.
     *
     * @throws SetupException where they cannot be installed
     */
    static boolean install(Console console, Setup setup, List<String> packages, boolean yes) throws SetupException {
        console.say("missing packages: " + String.join(" ", packages));
        boolean wanted = yes || console.confirm("Install them?");
        if (!wanted) {
            console.problem("nothing was installed. Give --yes, or:");
            console.say("  " + setup.command(packages));
            return false;
        }
        setup.install(packages, console::say);
        return true;
    }

    static String describe(Capability obstacle) {
        return obstacle.name() + ": " + obstacle.finding() + "; " + obstacle.consequence()
                + (obstacle.remedy().isEmpty() ? "" : ". Remedy: " + obstacle.remedy());
    }
}
