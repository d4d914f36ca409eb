package dev.bench.fuzz;

import dev.bench.cli.FuzzWorker;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/** Runs command lines in a JVM of a small heap, one by one, and gives up on one that takes longer than ten seconds. */
final class Worker implements AutoCloseable {
    private static final int SECONDS = 10;

    private final Path directory;
    private final Process process;
    private final InputStream out;
    private final InputStream err;

    /**
     * Is what a command did.
     *
     * @param status its exit status
     */
    record Outcome(int status, String out, String err) {}

    /**
     * Starts a worker.
     *
     * @param directory its working directory
     * @param temporary where it makes temporary files
     * @param tools a directory of programs that it finds before those of the host
     */
    Worker(Path directory, Path temporary, Path tools) throws IOException {
        this.directory = directory;
        ProcessBuilder builder = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx256m",
                        "-XX:MaxDirectMemorySize=64m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Djava.awt.headless=true",
                        "-Djava.io.tmpdir=" + temporary,
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        FuzzWorker.class.getName())
                .directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GITHUB_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        process = builder.start();
        out = new BufferedInputStream(process.getInputStream());
        err = new BufferedInputStream(process.getErrorStream());
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Runs a command; an {@link AssertionError} says where it hangs, or that it took the JVM with it. */
    Outcome run(List<String> arguments) throws IOException, InterruptedException {
        String line = arguments.stream()
                .map(argument -> Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(" "));
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> untilEnd(out));
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> untilEnd(err));
        try {
            String said = errors.get(SECONDS, TimeUnit.SECONDS);
            String[] result = output.get(SECONDS, TimeUnit.SECONDS).split(FuzzWorker.END, -1);
            return new Outcome(Integer.parseInt(result[1]), result[0], said.split(FuzzWorker.END, -1)[0]);
        } catch (TimeoutException e) {
            String stacks = stacks();
            close();
            throw new AssertionError(arguments + " takes longer than " + SECONDS + " s:\n" + stacks, e);
        } catch (ExecutionException e) {
            throw new AssertionError(arguments + " ended the JVM in " + directory, e);
        }
    }

    private static String untilEnd(InputStream stream) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        int ended = 0;
        try {
            for (int b = stream.read(); b != '\n' || ended < FuzzWorker.END.length(); b = stream.read()) {
                if (b < 0) {
                    throw new EOFException(bytes.toString(StandardCharsets.UTF_8));
                }
                if (ended < FuzzWorker.END.length()) {
                    ended = b == FuzzWorker.END.charAt(ended) ? ended + 1 : b == 0 ? 1 : 0;
                }
                bytes.write(b);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    private String stacks() throws IOException {
        Process jstack = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "jstack")
                                .toString(),
                        Long.toString(process.pid()))
                .redirectErrorStream(true)
                .start();
        String all = new String(jstack.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Arrays.stream(all.split("\n\n"))
                .filter(stack -> stack.contains("dev.bench"))
                .collect(Collectors.joining("\n\n"));
    }

    @Override
    public void close() {
        process.destroyForcibly();
        process.onExit().join();
    }
}
