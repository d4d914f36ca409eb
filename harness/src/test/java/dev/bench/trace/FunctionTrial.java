package dev.bench.trace;

import dev.bench.trace.TraceInstance.Events;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Traces functions of the kernel that it runs on and prints what came of it; {@link FunctionTracerIT} boots a guest for it. */
final class FunctionTrial {
    static final String RUN = "0badcafe";

    private FunctionTrial() {}

    /** Prints everything on one console, a word and its value a line. */
    public static void main(String[] arguments) throws Exception {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        out.println("refused=" + TraceFileSystem.functionTrial());
        Path directory = Path.of("/run/trial");
        Path instance = directory.resolve("tracing/instances/" + TraceFileSystem.name(RUN));
        TraceInstance trace = TraceInstance.open(directory, RUN);
        for (int i = 0; i < 2; i++) {
            trace.begin(Events.FUNCTIONS, List.of());
            int status = new ProcessBuilder("busybox", "cat", "/proc/version")
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
            out.println(
                    "executed=" + status + " " + String.join(" ", trace.take().passed()));
            Thread.sleep(200);
            out.println("idle=" + String.join(" ", trace.take().passed()));
            trace.end();
        }
        out.println(
                "tracer=" + Files.readString(instance.resolve("current_tracer")).strip());
        out.println("threads="
                + Files.readString(instance.resolve("set_ftrace_pid")).strip());
        // As a killed run leaves it.
        trace.begin(Events.FUNCTIONS, List.of());
        out.println("runs=" + TraceFileSystem.runs());
        System.exit(arguments.length);
    }
}
