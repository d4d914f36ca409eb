package dev.bench.fuzz;

import dev.bench.cli.FuzzWorker;
import dev.bench.jvm.MeasuringJvm;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;

/**
 * Runs command lines in a JVM of a small heap, one by one, and gives up on one that takes longer than ten seconds.
 *
 * <p>The ten seconds are of the JVM's processor time, since on a host that is busy with other things a sound command may
 * have to wait; a command that only waits ends after a minute.
 */
final class Worker implements AutoCloseable {
    private static final Duration LONGEST_BUSY = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(60);
    private static final long LOOK_MILLIS = 200;

    private final Path directory;
    private final Process process;
    private final InputStream out;
    private final InputStream err;

    /**
     * Tells what a command did.
     *
     * @param status its exit status
     * @param time from when it was given its arguments to its end
     */
    record Outcome(int status, String out, String err, Duration time) {}

    /**
     * Starts a worker, and waits until it takes commands.
     *
     * @param directory its working directory
     * @param temporary where it makes temporary files
     * @param tools a directory of programs that it finds before those of the host
     */
    Worker(Path directory, Path temporary, Path tools) throws IOException {
        this.directory = directory;
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(MeasuringJvm.QUIET);
        command.addAll(List.of(
                "-Xmx256m",
                "-XX:MaxDirectMemorySize=64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Djava.awt.headless=true",
                "-Djava.io.tmpdir=" + temporary,
                "-cp",
                System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                FuzzWorker.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).directory(directory.toFile());
        builder.environment().keySet().removeIf(name -> name.startsWith("GITHUB_"));
        builder.environment().put("LC_ALL", "C.UTF-8");
        builder.environment().merge("PATH", tools.toString(), (path, first) -> first + ":" + path);
        process = builder.start();
        out = new BufferedInputStream(process.getInputStream());
        err = new BufferedInputStream(process.getErrorStream());
        outcome(List.of("the start"));
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Runs a command; an {@link AssertionError} says where it hangs, or that it took the JVM with it. */
    Outcome run(List<String> arguments) throws IOException {
        String line = arguments.stream()
                .map(argument -> Base64.getEncoder().encodeToString(argument.getBytes(StandardCharsets.UTF_8)))
                .collect(Collectors.joining(" "));
        process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.getOutputStream().flush();
        return outcome(arguments);
    }

    private Outcome outcome(List<String> what) throws IOException {
        long start = System.nanoTime();
        Duration before = busy();
        CompletableFuture<String> output = CompletableFuture.supplyAsync(() -> untilEnd(out), Worker::read);
        CompletableFuture<String> errors = CompletableFuture.supplyAsync(() -> untilEnd(err), Worker::read);
        CompletableFuture<Void> both = CompletableFuture.allOf(output, errors);
        while (true) {
            try {
                both.get(LOOK_MILLIS, TimeUnit.MILLISECONDS);
                String[] result = output.join().split(FuzzWorker.END, -1);
                return new Outcome(
                        Integer.parseInt(result[1]),
                        result[0],
                        errors.join().split(FuzzWorker.END, -1)[0],
                        Duration.ofNanos(System.nanoTime() - start));
            } catch (TimeoutException e) {
                Duration waited = Duration.ofNanos(System.nanoTime() - start);
                Duration spent = busy().minus(before);
                if (spent.compareTo(LONGEST_BUSY) > 0 || waited.compareTo(LONGEST_WAIT) > 0) {
                    String stacks = stacks();
                    close();
                    throw new AssertionError(
                            what + " has not ended after " + waited + ", of them " + spent + " busy:\n" + stacks, e);
                }
            } catch (ExecutionException e) {
                close();
                throw new AssertionError(what + " ended the JVM in " + directory, e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new InterruptedIOException();
            }
        }
    }

    /** Returns the processor time that the JVM has taken so far. */
    private Duration busy() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /** Reads in a thread of its own: the pool that all share has one on two processors, where jqwik shrinks. */
    private static void read(Runnable task) {
        Thread thread = new Thread(task, "fuzz-worker-output");
        thread.setDaemon(true);
        thread.start();
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
        boolean interrupted = false;
        while (process.isAlive()) {
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
