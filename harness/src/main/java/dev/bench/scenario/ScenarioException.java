package dev.bench.scenario;

import dev.bench.grammar.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Reports every fault of a scenario file at once. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Creates the exception for a file, with its faults in the file's order. */
    public ScenarioException(Path file, List<Problem> problems) {
        super(describe(file, problems).collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Creates the exception for a file and another one that it names, each with its faults in its own order. */
    public ScenarioException(Path file, List<Problem> problems, Path named, List<Problem> ofNamed) {
        super(Stream.concat(describe(file, problems), describe(named, ofNamed)).collect(Collectors.joining("\n")));
        this.problems = Stream.concat(problems.stream(), ofNamed.stream()).toList();
    }

    private static Stream<String> describe(Path file, List<Problem> problems) {
        return problems.stream().map(problem -> problem.describe(file.toString()));
    }

    /** Returns the faults. */
    public List<Problem> problems() {
        return problems;
    }
}
