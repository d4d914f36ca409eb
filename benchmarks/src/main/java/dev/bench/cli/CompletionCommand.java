package dev.bench.cli;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the shell's completion. */
@Command(
        name = "completion",
        description = {"Print a script that completes commands and options in bash and zsh."},
        footer = {
            "%nExamples:",
            "  source <(bench completion)",
            "  bench completion > /etc/bash_completion.d/bench",
            "%nExit status: 0 pass, 1 internal error, 2 usage error."
        },
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        Console.system()
                .result(AutoComplete.bash(
                        "bench", Objects.requireNonNull(spec).root().commandLine()));
        return ExitCode.PASS.status();
    }
}
