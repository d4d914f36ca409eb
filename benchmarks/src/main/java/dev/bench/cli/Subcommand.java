package dev.bench.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/**
 * Lists the commands, with what the list of them says.
 *
 * <p>Reading the annotations of a dozen commands takes longer than all else that happens before a line of help, so only
 * the command that is called for is read.
 */
enum Subcommand {
    RUN("Measure scenarios, store the results and write the reports."),
    PLAN("Print the resolved plan of a scenario; nothing is run."),
    EXPLAIN_SCENARIO("Say what a scenario may hold, key by key."),
    ADVISE("Say which instruction of a Dockerfile a change costs most, and an order that saves it."),
    REPRODUCE("Measure what was published, and say whether it holds here."),
    REPORT("Analyse a stored result and write its reports again."),
    COMPARE("Say what is better or worse in HEAD than in BASE, metric by metric and target by target."),
    EXPLAIN("Say why a verdict fell, step by step, with the numbers."),
    VERIFY("Recompute the figures of a report from the raw launches in it."),
    SIMULATE("Try the rule of the gate on noise that is known."),
    LIST("Show the stored results, oldest first."),
    BASELINE("Mark a stored result as a baseline, which `bench prune` never removes."),
    PRUNE("Remove the stored results that no rule keeps."),
    PUBLISH("Build a static site of a folder of results, or bring one up to date."),
    DOCTOR("Say what this host can measure, why not, and what mends it."),
    SETUP("Install the packages that `bench doctor` misses, on Debian and Ubuntu."),
    CLEAN("Remove what dead runs have left: processes, namespaces, mounts, control groups, files, volumes."),
    CALIBRATE("Hold bench against the barest thing that does the same, side by side in one run."),
    COMPLETION("Print a script that completes commands and options in bash and zsh.");

    private final String summary;

    Subcommand(String summary) {
        this.summary = summary;
    }

    String label() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    String summary() {
        return summary;
    }

    /** Returns a new instance of the annotated command. */
    Object create() {
        return switch (this) {
            case RUN -> new RunCommand();
            case PLAN -> new PlanCommand();
            case EXPLAIN_SCENARIO -> new ExplainScenarioCommand();
            case ADVISE -> new AdviseCommand();
            case REPRODUCE -> new ReproduceCommand();
            case REPORT -> new ReportCommand();
            case COMPARE -> new CompareCommand();
            case EXPLAIN -> new ExplainCommand();
            case VERIFY -> new VerifyCommand();
            case SIMULATE -> new SimulateCommand();
            case LIST -> new ListCommand();
            case BASELINE -> new BaselineCommand();
            case PRUNE -> new PruneCommand();
            case PUBLISH -> new PublishCommand();
            case DOCTOR -> new DoctorCommand();
            case SETUP -> new SetupCommand();
            case CLEAN -> new CleanCommand();
            case CALIBRATE -> new CalibrateCommand();
            case COMPLETION -> new CompletionCommand();
        };
    }

    /** Adds every command to the line, each in full where the arguments name it or need to know all of them. */
    static void addTo(CommandLine line, List<String> arguments) {
        boolean all = arguments.contains(COMPLETION.label());
        for (Subcommand command : values()) {
            line.addSubcommand(
                    command.label(),
                    all || arguments.contains(command.label()) ? command.create() : command.inTheList());
        }
    }

    private CommandSpec inTheList() {
        CommandSpec spec = CommandSpec.create();
        spec.usageMessage().description(summary);
        return spec;
    }
}
