package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.host.Executables;
import dev.bench.program.SystemCalls;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.Target;
import dev.bench.target.TargetException;
import dev.bench.trace.TraceFileSystem;
import dev.bench.trace.TraceInstance;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Holds the system calls that are traced of a program against what strace counts, and shows that nothing else is traced. */
final class IsolationFigures {
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** Forks, executes, reads, writes and looks around, the same each time. */
    private static final List<String> PROGRAM = List.of(
            "busybox",
            "sh",
            "-c",
            "busybox find /usr/share/misc >/dev/null; busybox cat /etc/passwd | busybox sha256sum >/dev/null; busybox true");

    private static final List<String> NEVER_RETURN = List.of("exit", "exit_group");

    private final Launches workload;

    IsolationFigures(Launches workload) {
        this.workload = workload;
    }

    List<Figure> take() throws TargetException, LaunchException, IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>();
        if (Executables.find("strace").isPresent()) {
            figures.add(sameSet());
        }
        figures.add(untraced());
        return figures;
    }

    private Figure sameSet() throws IOException, InterruptedException {
        LabView lab = workload.lab();
        Set<String> ours = new TreeSet<>();
        try (TraceInstance trace = TraceInstance.open(lab.runDirectory(), lab.runId())) {
            trace.begin(TraceInstance.Events.CALLS, List.of());
            int status = new ProcessBuilder(PROGRAM)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            if (status != 0) {
                throw new IOException("`" + String.join(" ", PROGRAM) + "` ended with status " + status);
            }
            trace.take().calls().keySet().forEach(number -> ours.add(SystemCalls.name(number)));
            trace.end();
        }
        // strace counts a call when it returns.
        NEVER_RETURN.forEach(ours::remove);
        Set<String> theirs = counted();
        Set<String> both = new TreeSet<>(ours);
        both.retainAll(theirs);
        Set<String> either = new TreeSet<>(ours);
        either.addAll(theirs);
        return new Figure(
                "host system calls of a plain process, shared of all: bench / `strace -f -c`",
                described(ours, theirs),
                described(theirs, ours),
                both.size() / (double) either.size(),
                1,
                Figure.Kind.AT_LEAST);
    }

    /** Returns how many calls were seen, and which of them the other did not see. */
    private static String described(Set<String> seen, Set<String> byTheOther) {
        Set<String> alone = new TreeSet<>(seen);
        alone.removeAll(byTheOther);
        return seen.size() + " calls" + (alone.isEmpty() ? "" : " (alone " + String.join(", ", alone) + ")");
    }

    /** Returns the names in strace's table, which end its lines. */
    private Set<String> counted() throws IOException {
        Path table = workload.lab().workDirectory().resolve("strace.txt");
        List<String> command = new ArrayList<>(List.of("strace", "-f", "-c", "-o", table.toString()));
        command.addAll(PROGRAM);
        Commands.runOrThrow(PATIENCE, command);
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(table)) {
            String[] words = line.strip().split("\\s+", -1);
            if (words.length >= 5 && words[0].matches("[0-9.]+") && !words[words.length - 1].equals("total")) {
                names.add(words[words.length - 1]);
            }
        }
        return names;
    }

    /** Looks for this run's tracing while an instance is launched as other measures launch it. */
    private Figure untraced() throws TargetException, LaunchException, IOException {
        Target target = workload.open("process");
        LaunchOperation operation = workload.operation(target, workload.nextAddress());
        try {
            operation.start();
            boolean traced = TraceFileSystem.runs().contains(workload.lab().runId());
            double instances = traced ? 1 : 0;
            return new Figure(
                    "tracing of bench's while other measures launch",
                    Math.round(instances) + " instances",
                    "",
                    instances,
                    0,
                    Figure.Kind.AT_MOST);
        } finally {
            operation.remove();
        }
    }
}
