package dev.bench.cli;

import dev.bench.host.ToolVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
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
        subcommands = {
            RunCommand.class,
            PlanCommand.class,
            ReportCommand.class,
            CompareCommand.class,
            ExplainCommand.class,
            SimulateCommand.class,
            DoctorCommand.class,
            SetupCommand.class,
            CleanCommand.class,
            CalibrateCommand.class,
            CompletionCommand.class
        },
        versionProvider = Main.Version.class,
        mixinStandardHelpOptions = true)
public final class Main implements Runnable {
    private static final int HELP_WIDTH = 100;

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
        Console console = Console.system();
        CommandLine command = new CommandLine(new Main())
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(console.isColoured())))
                .setUsageHelpWidth(Math.min(console.width(), HELP_WIDTH))
                .setParameterExceptionHandler(Main::misused)
                .setExecutionExceptionHandler((exception, failed, parsed) -> failed(console, exception));
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        return command.execute(arguments);
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static CommandLine.Help.Ansi ansi(boolean coloured) {
        return coloured ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    }

    /** Says in one line what was wrong with the arguments, and where to read on. */
    private static int misused(ParameterException exception, String[] arguments) {
        CommandLine command = exception.getCommandLine();
        PrintWriter err = command.getErr();
        String name = command.getCommandSpec().qualifiedName();
        StringBuilder line = new StringBuilder(name + ": " + exception.getMessage());
        if (exception instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getSuggestions().isEmpty()) {
            line.append(". Did you mean ")
                    .append(String.join(" or ", unmatched.getSuggestions()))
                    .append('?');
        }
        err.println(line);
        err.println("See `" + name + " --help`.");
        return ExitCode.USAGE.status();
    }

    private static int failed(Console console, Exception exception) {
        Failures.Verdict verdict = Failures.judge(exception);
        console.problem(verdict.message());
        return verdict.code().status();
    }
}
