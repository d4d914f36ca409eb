package dev.bench.cli;

import dev.bench.document.PlainText;
import dev.bench.scenario.ScenarioReference;
import dev.bench.target.Drivers;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Explains the keys of a scenario. */
@Command(
        name = "explain-scenario",
        description = {
            "Say what a scenario may hold, key by key.",
            "",
            "Of every key: whether it is required, what is accepted, what it means, and its default. A key stands with"
                    + " those above it, as in workload.ready.http; NAME is a name that the file chooses. Editors read the"
                    + " same from scenarios/scenario.schema.json."
        },
        footer = {
            "%nExamples:",
            "  bench explain-scenario",
            "  bench explain-scenario workload.ready",
            "  bench explain-scenario seed",
            "%nExit status: 0 pass, 1 internal error, 2 usage error, or no such key."
        },
        mixinStandardHelpOptions = true)
final class ExplainScenarioCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(
            arity = "0..1",
            paramLabel = "KEY",
            description = "This key and those below it, with or without those above it; every key where none is given.")
    private @Nullable String key;

    @Override
    public Integer call() {
        ScenarioReference reference = new ScenarioReference(Drivers.all());
        try {
            List<ScenarioReference.Entry> entries = key == null ? reference.all() : reference.find(key);
            Console.system().text(ScenarioReference.text(entries));
        } catch (IllegalArgumentException e) {
            throw new ParameterException(
                    Objects.requireNonNull(spec).commandLine(), PlainText.printable(String.valueOf(e.getMessage())));
        }
        return ExitCode.PASS.status();
    }
}
