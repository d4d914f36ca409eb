package dev.bench.cli;

import dev.bench.host.ToolVersion;
import dev.bench.lab.LabException;
import dev.bench.result.ResultException;
import dev.bench.scenario.ScenarioException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParameterException;

/** Is the entry point of the command line. */
@Command(
        name = "bench",
        description = {
            "What does a workload cost as a container and as a virtual machine, on this host?",
            "",
            "Takes any OCI image, launches that very file tree as a bare process, a container and a libvirt virtual"
                    + " machine, measures, and writes a comparison report."
        },
        footer = {
            "%nStart with:",
            "  bench doctor                           what this host can measure",
            "  bench run --yes scenarios/startup.yaml   measure, store, report",
            ExitCode.HELP
        },
        subcommands = {RunCommand.class, PlanCommand.class, ReportCommand.class, CleanCommand.class},
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    @CommandLine.Spec
    private CommandLine.Model.@Nullable CommandSpec spec;

    /** Prints version and commit. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {ToolVersion.current().toString()};
        }
    }

    @Override
    public void run() {
        if (spec != null) {
            throw new ParameterException(spec.commandLine(), "name a command");
        }
    }

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    static int execute(String... arguments) {
        return new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((exception, command, parsed) -> failed(exception))
                .execute(arguments);
    }

    private static int misused(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(exception.getMessage());
        if (!CommandLine.UnmatchedArgumentException.printSuggestions(exception, err)) {
            command.usage(err, command.getColorScheme());
        }
        err.println("Try `" + command.getCommandSpec().qualifiedName() + " --help`.");
        return ExitCode.USAGE.status();
    }

    /** Says in a sentence what went wrong; only what nobody foresaw leaves a stack trace, and that in a file. */
    private static int failed(Exception exception) {
        Console console = Console.system();
        if (exception instanceof ScenarioException || exception instanceof ResultException) {
            console.problem(String.valueOf(exception.getMessage()));
            return ExitCode.USAGE.status();
        }
        if (exception instanceof LabException) {
            console.problem(String.valueOf(exception.getMessage()));
            return ExitCode.HOST_UNFIT.status();
        }
        console.problem("internal error: " + exception + trace(exception));
        return ExitCode.INTERNAL_ERROR.status();
    }

    private static String trace(Exception exception) {
        try {
            Path file = Files.createTempFile("bench-error-", ".txt");
            try (PrintWriter writer = new PrintWriter(Files.newBufferedWriter(file))) {
                exception.printStackTrace(writer);
            }
            return "\nPlease report it with " + file;
        } catch (IOException e) {
            return "";
        }
    }
}
