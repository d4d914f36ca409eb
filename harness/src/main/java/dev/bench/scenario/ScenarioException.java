package dev.bench.scenario;

import dev.bench.grammar.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** Reports every fault of a scenario file at once. */
public final class ScenarioException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient List<Problem> problems;

    /** Creates the exception for a file, with its faults in the file's order. */
    public ScenarioException(Path file, List<Problem> problems) {
        super(problems.stream()
                .map(problem -> problem.describe(file.toString()))
                .collect(Collectors.joining("\n")));
        this.problems = List.copyOf(problems);
    }

    /** Returns the faults. */
    public List<Problem> problems() {
        return problems;
    }
}
