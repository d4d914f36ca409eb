package dev.bench.cli;

import dev.bench.document.PlainText;
import dev.bench.grammar.Spelling;
import dev.bench.host.ToolVersion;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.IParameterExceptionHandler;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/**
 * Starts the command line.
 *
 * <p>The root command is put together by hand: reading it from annotations would take as long as all the rest of what
 * happens before a line of help.
 */
public final class Main {
    private static final int HELP_WIDTH = 100;
    private static final int LEAST_HELP_WIDTH = 55;
    /** What picocli calls a number by, a type of Java. */
    private static final Pattern NO_NUMBER = Pattern.compile("is not an? (?:int|long)$");

    private Main() {}

    /** Prints version and commit. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[] {ToolVersion.current().toString()};
        }
    }

    /** Runs where no command is named. */
    private static final class NoCommand implements Runnable {
        private @Nullable CommandLine line;

        @Override
        public void run() {
            throw new ParameterException(Objects.requireNonNull(line), "name a command");
        }
    }

    /**
     * Words what ended a command.
     *
     * <p>A class, since the JVM's class archive leaves out a lambda whose interface is as old as picocli's are, and then
     * every archive of the class path is opened before a line of help.
     */
    private static final class Faults implements IParameterExceptionHandler, IExecutionExceptionHandler {
        private final Console console;

        Faults(Console console) {
            this.console = console;
        }

        /** Says in one line what was wrong with the arguments, and where to read on. */
        @Override
        public int handleParseException(ParameterException exception, String[] arguments) {
            CommandLine command = exception.getCommandLine();
            PrintWriter err = command.getErr();
            String name = command.getCommandSpec().qualifiedName();
            String line = name + ": "
                    + (exception instanceof UnmatchedArgumentException unmatched
                            ? unknown(command, unmatched.getUnmatched().get(0))
                            : NO_NUMBER.matcher(exception.getMessage()).replaceFirst("is not a whole number"));
            err.println(console.shown(line));
            err.println("See `" + name + " --help`.");
            return ExitCode.USAGE.status();
        }

        /** Says what an argument is taken for that nothing takes, and what may have been meant. */
        private static String unknown(CommandLine command, String argument) {
            boolean option = argument.startsWith("-");
            boolean subcommand = !option && !command.getSubcommands().isEmpty();
            String kind = option ? "an option" : subcommand ? "a command" : "an argument";
            String word = option && argument.contains("=") ? argument.substring(0, argument.indexOf('=')) : argument;
            Collection<String> known = option
                    ? command.getCommandSpec().optionsMap().keySet()
                    : command.getSubcommands().keySet();
            return "'" + PlainText.printable(argument) + "' is not " + kind
                    + (subcommand || option ? "" : " it takes")
                    + Spelling.question(word, List.copyOf(known));
        }

        @Override
        public int handleExecutionException(Exception exception, CommandLine failed, ParseResult parsed) {
            Failures.Complaint complaint = Failures.judge(exception);
            console.problem(complaint.message());
            return complaint.code().status();
        }
    }

    static CommandLine root(List<String> arguments) {
        NoCommand nothing = new NoCommand();
        CommandSpec spec =
                CommandSpec.wrapWithoutInspection(nothing).name("bench").versionProvider(new Version());
        CommandLine line = new CommandLine(spec);
        nothing.line = line;
        spec.addOption(OptionSpec.builder("-h", "--help")
                .usageHelp(true)
                .description("Show this help message and exit.")
                .build());
        spec.addOption(OptionSpec.builder("-V", "--version")
                .versionHelp(true)
                .description("Print version information and exit.")
                .build());
        spec.usageMessage()
                .description(
                        "What does a workload cost as a container and as a virtual machine, on this host?",
                        "",
                        "Takes any OCI image, launches that very file tree as a bare process, a container and a libvirt"
                                + " virtual machine, measures, and writes a comparison report.")
                .footer(
                        "%nStart with:",
                        "  bench doctor                             what this host can measure",
                        "  bench run --yes scenarios/startup.yaml   measure, store, report",
                        ExitCode.HELP);
        Subcommand.addTo(line, arguments);
        return line;
    }

    /** Runs the command line and ends the process with its exit status. */
    public static void main(String[] arguments) {
        System.exit(execute(arguments));
    }

    /** Runs the command line and returns its exit status; the process goes on. */
    public static int execute(String... arguments) {
        Console console = Console.system();
        Faults faults = new Faults(console);
        CommandLine command = root(List.of(arguments));
        command.setCaseInsensitiveEnumValuesAllowed(true)
                .setOut(writer(console.out()))
                .setErr(writer(console.err()))
                .setColorScheme(CommandLine.Help.defaultColorScheme(ansi(console.isColoured())))
                .setUsageHelpWidth(helpWidth(console.width()))
                .setParameterExceptionHandler(faults)
                .setExecutionExceptionHandler(faults);
        command.getSubcommands().values().forEach(sub -> sub.getCommandSpec().versionProvider(new Version()));
        try {
            return command.execute(arguments);
        } catch (LinkageError | OutOfMemoryError e) {
            // A library of the host that is not there, or input beyond all measure; picocli passes on exceptions only.
            Failures.Complaint complaint = Failures.judge(e);
            console.problem(complaint.message());
            return complaint.code().status();
        }
    }

    /** Returns the width of help for a terminal of so many columns: picocli takes no less than 55. */
    static int helpWidth(int columns) {
        return Math.max(LEAST_HELP_WIDTH, Math.min(columns, HELP_WIDTH));
    }

    private static PrintWriter writer(PrintStream stream) {
        return new PrintWriter(stream, true, StandardCharsets.UTF_8);
    }

    private static CommandLine.Help.Ansi ansi(boolean coloured) {
        return coloured ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF;
    }
}
