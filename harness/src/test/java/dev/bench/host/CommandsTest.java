package dev.bench.host;

import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CommandsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    @TempDir
    private Path directory = Path.of("");

    @Test
    void returnsStatusAndBothStreams() throws IOException {
        Commands.Ended ended = Commands.run(LONG, List.of("sh", "-c", "echo to output; echo to error >&2; exit 3"));

        assertEquals(3, ended.status());
        assertEquals("to output\nto error\n", ended.output());
    }

    @Test
    void namesCommandStatusAndLastWordsOfOneThatFails() {
        CommandException failed = assertThrows(
                CommandException.class,
                () -> Commands.runOrThrow(LONG, List.of("sh", "-c", "seq 1 100; echo the reason >&2; exit 4")));

        String message = String.valueOf(failed.getMessage());
        assertTrue(message.contains("status 4"), message);
        assertTrue(message.endsWith("100\nthe reason"), message);
        assertFalse(message.contains("\n50\n"), message);
    }

    @Test
    void givesTheCommandNoInputDirectoryAndEnvironmentAsked() throws IOException {
        Commands.Ended ended = Commands.run(
                LONG, directory, Map.of("BENCH_TEST", "a value"), List.of("sh", "-c", "cat; pwd; echo $BENCH_TEST"));

        assertEquals(directory.toRealPath() + "\na value\n", ended.output());
    }

    @Test
    void killsACommandThatTakesTooLongWithItsChildren() throws Exception {
        Path pid = directory.resolve("pid");

        assertThrows(
                CommandException.class,
                () -> Commands.run(
                        Duration.ofMillis(500), List.of("sh", "-c", "sleep 60 & echo $! > " + pid + "; wait")));

        long child = Long.parseLong(Files.readString(pid).strip());
        await().until(() -> !Processes.isAlive(child));
    }

    @Test
    void anInterruptEndsTheCommandAndStaysSet() throws Exception {
        AtomicReference<Object> thrown = new AtomicReference<>("nothing");
        Thread thread = new Thread(() -> {
            try {
                Commands.run(LONG, List.of("sleep", "60"));
            } catch (IOException e) {
                thrown.set(Thread.currentThread().isInterrupted() ? e : "the interrupt got lost");
            }
        });
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        thread.interrupt();
        thread.join(10_000);

        assertInstanceOf(InterruptedIOException.class, thrown.get(), String.valueOf(thrown.get()));
    }

    @Test
    void doesNotWaitForTheOutputOfADaemonThatStays() throws IOException {
        long begin = System.nanoTime();
        Commands.Ended ended = Commands.run(LONG, List.of("sh", "-c", "sleep 20 & echo started"));

        assertEquals("started\n", ended.output());
        assertTrue(Duration.ofNanos(System.nanoTime() - begin).compareTo(Duration.ofSeconds(10)) < 0);
    }

    @Test
    void tellsEveryLineAsItComes() throws IOException {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());

        Commands.run(LONG, null, Map.of(), List.of("printf", "one\\ntwo\\nthree\\n"), lines::add);

        assertEquals(List.of("one", "two", "three"), lines);
    }

    @Test
    void saysWhichProgramIsNotThere() {
        IOException missing =
                assertThrows(IOException.class, () -> Commands.run(LONG, List.of("bench-no-such-program")));

        assertTrue(String.valueOf(missing.getMessage()).contains("bench-no-such-program"));
    }
}
