package dev.bench.cli;

import dev.bench.doctor.Doctor;
import dev.bench.doctor.Needs;
import dev.bench.doctor.Setup;
import dev.bench.doctor.SetupException;
import dev.bench.host.Capability;
import dev.bench.target.Drivers;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Installs what the doctor misses. */
@Command(
        name = "setup",
        description = {
            "Install the packages that `bench doctor` misses, on Debian and Ubuntu.",
            "",
            "Says which, and asks before it installs. Nothing that they bring is started: bench starts engines of its"
                    + " own when it measures. Off a terminal and without --yes nothing is installed, and the exact"
                    + " command is printed."
        },
        footer = {
            "%nExamples:",
            "  bench setup",
            "  bench setup --yes",
            "%nExit status: 0 nothing is missing (any more), 1 internal error, 2 usage error,%n"
                    + "5 something is still missing."
        },
        mixinStandardHelpOptions = true)
final class SetupCommand implements Callable<Integer> {
    @Option(
            names = {"-y", "--yes"},
            description = "Install without asking.")
    private boolean yes;

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws SetupException {
        Console console = Console.system();
        List<TargetDriver> drivers = Drivers.all();
        Examination examination = Examination.ofHost(drivers, labArguments.cache(), labArguments.endpoints());
        console.progress("examining the host");
        List<Capability> capabilities = Doctor.check(examination, drivers);
        List<String> packages = Setup.plan(capabilities);
        if (packages.isEmpty()) {
            console.say("no package is missing");
        } else if (Fitness.install(console, new Setup(examination.distribution(), drivers), packages, yes)) {
            capabilities = Doctor.check(examination, drivers);
        } else {
            return ExitCode.HOST_UNFIT.status();
        }
        List<Capability> obstacles = Doctor.obstacles(capabilities, Needs.all(drivers));
        obstacles.forEach(obstacle -> console.problem(Fitness.describe(obstacle)));
        if (obstacles.isEmpty()) {
            console.say("this host can measure with every engine; `bench doctor` says how well");
        }
        return (obstacles.isEmpty() ? ExitCode.PASS : ExitCode.HOST_UNFIT).status();
    }
}
