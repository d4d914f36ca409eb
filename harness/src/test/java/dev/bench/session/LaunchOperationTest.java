package dev.bench.session;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.probe.ReadinessProbe;
import dev.bench.result.FailureKind;
import dev.bench.result.Identity;
import dev.bench.result.PhaseName;
import dev.bench.target.FakeTarget;
import dev.bench.target.LaunchException;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class LaunchOperationTest {
    private static final Identity IDENTITY =
            new Identity("", List.of(), List.of(), 0, 0, "/", "", 1, 1, null, Map.of());

    @TempDir
    private Path directory = Path.of("");

    @Test
    void aRequestToStopBeforeTheStartIsNotLost() {
        FakeTarget target = target(number -> null);
        LaunchOperation operation = operation(target);
        operation.cancel();

        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.INTERRUPTED, failure.kind());
        assertFalse(Thread.currentThread().isInterrupted(), "the removal must not be disturbed");
    }

    @Test
    void aRequestToStopAfterTheEndDisturbsNothing() throws Exception {
        LaunchOperation operation = operation(target(number -> 0));
        operation.start();
        operation.cancel();

        assertFalse(Thread.currentThread().isInterrupted());
    }

    @Test
    void anEngineThatRefusesLeavesNothingToRemove() {
        FakeTarget target = target(number -> {
            throw new LaunchException(FailureKind.ENGINE, "no", null);
        });
        LaunchOperation operation = operation(target);
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.ENGINE, failure.kind());
        assertTrue(operation.teardownMs().isEmpty());
        assertEquals(List.of(), target.interruptedAtRemoval);
        assertFalse(Files.exists(operation.log()));
    }

    @Test
    void removesOnceHoweverOftenItIsAsked() throws Exception {
        FakeTarget target = target(number -> 0);
        LaunchOperation operation = operation(target);
        operation.start();
        assertTrue(operation.teardownMs().isEmpty());
        operation.remove();
        operation.remove();

        assertEquals(1, target.interruptedAtRemoval.size());
        assertTrue(operation.teardownMs().orElseThrow() >= 0);
    }

    @Test
    void keepsTheOutputOfALaunchThatFailed() throws Exception {
        LaunchOperation operation = operation(target(number -> 5));
        assertThrows(LaunchException.class, operation::start);

        assertEquals("last words of instance", Files.readString(operation.log()));
    }

    @Test
    void whatIsReadyBeforeTheWorkloadIsExecutedIsNotTheWorkload() {
        LaunchOperation operation = operation(target(number -> 0));
        operation.moments().mark(PhaseName.EXEC, System.nanoTime() + 3_600_000_000_000L);

        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(FailureKind.ENGINE, failure.kind());
        assertTrue(failure.getMessage().contains("before the workload was executed"), failure.getMessage());
    }

    @Test
    void whatWasReadyBeforeItWasKeptDoesNotCount() throws Exception {
        FakeTarget target = target(number -> 0);
        LaunchOperation operation = operation(target);
        operation.keep(false);
        LaunchException failure = assertThrows(LaunchException.class, operation::start);
        operation.remove();

        assertEquals(1, target.resumed.get());
        assertTrue(failure.getMessage().contains("before the request"), failure.getMessage());
        assertEquals(1, target.interruptedAtRemoval.size());
    }

    @Test
    void whatIsKeptAndNeverStartedIsRemoved() throws Exception {
        FakeTarget target = target(number -> 0);
        LaunchOperation operation = operation(target);
        operation.keep(false);
        assertTrue(operation.keptBytes().isPresent());
        assertTrue(operation.keepMs().orElseThrow() >= 0);
        assertEquals(List.of("instance"), target.running);

        operation.remove();
        operation.remove();

        assertEquals(List.of(), target.running);
        assertEquals(1, target.interruptedAtRemoval.size());
        assertEquals(0, target.resumed.get());
    }

    @Test
    void anAnswerWhileNothingRunsIsNoProof() throws Exception {
        try (ServerSocket server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Thread answering = new Thread(() -> answer(server));
            answering.setDaemon(true);
            answering.start();
            FakeTarget target = target(number -> null);
            LaunchOperation operation = new LaunchOperation(
                    "target",
                    target,
                    new ReadinessProbe(new Readiness.Tcp(server.getLocalPort(), "", "hello", Duration.ofSeconds(5))),
                    "instance",
                    InetAddress.getLoopbackAddress(),
                    directory.resolve("log"));

            LaunchException failure = assertThrows(LaunchException.class, () -> operation.keep(true));
            operation.remove();

            assertTrue(failure.getMessage().contains("would prove nothing"), failure.getMessage());
            assertEquals(List.of(), target.running);
        }
    }

    private static void answer(ServerSocket server) {
        try {
            while (true) {
                try (Socket socket = server.accept()) {
                    socket.getOutputStream().write("hello".getBytes(UTF_8));
                }
            }
        } catch (IOException e) {
            // The test has ended.
        }
    }

    private static FakeTarget target(FakeTarget.Behaviour behaviour) {
        return new FakeTarget(new TargetDefinition("target", "fake", Map.of()), IDENTITY, "", behaviour);
    }

    private LaunchOperation operation(FakeTarget target) {
        return new LaunchOperation(
                "target",
                target,
                new ReadinessProbe(new Readiness.Exit(0, Duration.ofSeconds(5))),
                "instance",
                InetAddress.getLoopbackAddress(),
                directory.resolve("log"));
    }
}
