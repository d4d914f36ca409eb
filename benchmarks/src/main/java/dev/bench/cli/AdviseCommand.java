package dev.bench.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.analysis.Analysed;
import dev.bench.host.Commands;
import dev.bench.host.ScratchDirectory;
import dev.bench.image.BuildContext;
import dev.bench.image.DockerfileOrder;
import dev.bench.report.Reports;
import dev.bench.result.ResultStore;
import dev.bench.run.RunOutcome;
import dev.bench.scenario.Planner;
import dev.bench.scenario.ScenarioException;
import dev.bench.target.LabException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Finds what a change to the files of a Dockerfile costs, and an order of its instructions that saves it. */
@Command(
        name = "advise",
        description = {
            "Say which instruction of a Dockerfile a change costs most, and an order that saves it.",
            "",
            "Changes an input of every COPY and ADD in turn, on a copy of the directory, and measures the rebuild. Where"
                    + " instructions that copy can stand below others that install and do not need what they copy, the"
                    + " same is measured in that order, in the same randomised blocks. The directory itself is never"
                    + " written to; the proposed Dockerfile is stored with the result."
        },
        footer = {
            "%nExamples:",
            "  bench advise .",
            "  bench advise --base python.tar --builder classic service/",
            ExitCode.HELP
        },
        mixinStandardHelpOptions = true)
final class AdviseCommand implements Callable<Integer> {
    private static final String DOCKERFILE = "Dockerfile";
    private static final int MOST_BLOCKS = 1_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(10);

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(paramLabel = "DIR", description = "A directory with a Dockerfile.")
    private Path directory = Path.of(".");

    @Option(
            names = "--base",
            paramLabel = "IMAGE",
            description = "What ARG BASE names: an archive, as `docker save` writes it, or a reference. Without it the"
                    + " Dockerfile's own base is taken, which has to be in the engine or to be pulled.")
    private @Nullable String base;

    @Option(
            names = "--builder",
            paramLabel = "NAME",
            defaultValue = "buildkit",
            description = "buildkit, classic or buildah (default: ${DEFAULT-VALUE}).")
    private String builder = "buildkit";

    @Option(
            names = "--blocks",
            paramLabel = "N",
            defaultValue = "6",
            description = "How often each build is measured (default: ${DEFAULT-VALUE}).")
    private int blocks = 6;

    @Mixin
    private ResultArguments resultArguments = new ResultArguments();

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws IOException, ScenarioException, LabException {
        Console console = Console.system();
        if (!AdviceScenario.builders().contains(builder)) {
            throw usage("--builder " + builder + " is none of " + String.join(", ", AdviceScenario.builders()));
        }
        if (blocks < 1 || blocks > MOST_BLOCKS) {
            throw usage("--blocks " + blocks + " is no number from 1 to " + MOST_BLOCKS);
        }
        Path dockerfile = directory.resolve(DOCKERFILE);
        if (!Files.isRegularFile(dockerfile)) {
            throw usage("there is no Dockerfile in " + directory + "; name the directory that holds it");
        }
        String text = Files.readString(dockerfile, ISO_8859_1);
        DockerfileOrder order = DockerfileOrder.of(text, directory, new BuildContext(directory).files());
        List<DockerfileOrder.Input> inputs = order.inputs();
        if (inputs.isEmpty()) {
            throw usage(dockerfile + " copies no file of its directory, so no change of one costs anything");
        }
        Optional<DockerfileOrder.Proposal> proposal = order.proposal();
        try (ScratchDirectory scratch = ScratchDirectory.create("advise")) {
            Path context = scratch.path().resolve("context");
            Commands.runOrThrow(TIMEOUT, List.of("cp", "-a", "--", directory + "/.", context.toString()));
            if (proposal.isPresent()) {
                Files.writeString(
                        context.resolve(DockerfileOrder.REORDERED),
                        proposal.get().text(),
                        ISO_8859_1);
            }
            Path scenario = scratch.path().resolve("scenario.yaml");
            Files.writeString(
                    scenario, AdviceScenario.of(context, base, builder, blocks, inputs, proposal.isPresent()), UTF_8);
            Planner.Planned planned = PlanCommand.plan(scenario, new PlanArguments().overrides(), new GateArguments());
            List<RunOutcome> outcomes = new ArrayList<>();
            ExitCode code = new HostRuns(console, labArguments, resultArguments.yes(), HostRuns.commandLine(spec))
                    .run(
                            List.of(planned),
                            new RunSequence.Settings(resultArguments.out(), false, false),
                            gate -> {},
                            outcomes::add);
            for (RunOutcome outcome : outcomes) {
                if (outcome.analysed() != null) {
                    tell(console, outcome.directory(), outcome.analysed(), proposal.orElse(null));
                }
            }
            return code.status();
        }
    }

    private static void tell(
            Console console, Path directory, Analysed analysed, DockerfileOrder.@Nullable Proposal proposal) {
        if (proposal == null) {
            console.result("No other order is known in which a change would run fewer instructions again.");
            return;
        }
        ResultStore result = new ResultStore(directory);
        result.write(DockerfileOrder.REORDERED, proposal.text().getBytes(ISO_8859_1));
        String advice = Reports.advice(result, analysed, console.outColumns());
        if (!advice.isEmpty()) {
            console.result(advice.strip());
        }
        console.say("proposed order: " + directory.resolve(DockerfileOrder.REORDERED));
    }

    private ParameterException usage(String message) {
        return new ParameterException(Objects.requireNonNull(spec).commandLine(), message);
    }
}
