package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.model.Version;
import dev.bench.target.RemovalException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.ServerSocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RemovalsTest {
    private static final Duration ANSWER = Duration.ofMillis(300);

    @TempDir
    private Path directory = Path.of("");

    @ParameterizedTest
    @CsvSource({
        "20.10.24+dfsg1, Engine, true",
        "20.10.26, Engine, true",
        "19.3.15, Engine, true",
        "20.10.27, Engine, false",
        "23.0.0, Engine, false",
        "27.1.1-rd, Engine, false",
        "dev, Engine, false",
        "4.3.1, Podman Engine, false",
    })
    void enginesThatMayLockUpAreKnownByTheirVersion(String version, String component, boolean mayLockUp)
            throws Exception {
        assertEquals(mayLockUp, Removals.mayLockUp(version(version, component)));
    }

    @Test
    @Timeout(30)
    void anEngineThatGivesNoAnswerIsWaitedForOnce() throws Exception {
        Path socket = directory.resolve("silent.sock");
        try (ServerSocketChannel silent = ServerSocketChannel.open(StandardProtocolFamily.UNIX)) {
            silent.bind(UnixDomainSocketAddress.of(socket));
            try (DockerClient client = DockerClients.within(ANSWER, "unix://" + socket)) {
                Removals removals = new Removals(client, version("20.10.24", "Engine"));

                RemovalException first = assertThrows(RemovalException.class, () -> removals.remove("0a", "one", true));
                silent.close();
                RemovalException second =
                        assertThrows(RemovalException.class, () -> removals.remove("0b", "two", true));

                assertTrue(
                        first.getMessage().startsWith("the container one is not removed: the engine gave no answer"));
                // The second has not asked: nobody listens any more, and it would say that.
                assertTrue(
                        second.getMessage().startsWith("the container two is not removed: the engine gave no answer"));
            }
        }
    }

    @Test
    @Timeout(30)
    void onlyWhatStillRunsWaitsForItsTurn() throws Exception {
        Path socket = directory.resolve("none.sock");
        try (DockerClient client = DockerClients.within(ANSWER, "unix://" + socket)) {
            Removals removals = new Removals(client, version("20.10.24", "Engine"));
            CompletableFuture<Void> running = new CompletableFuture<>();

            removals.inTurn(() -> {
                Thread remover = new Thread(() -> {
                    try {
                        removals.remove("0a", "one", true);
                    } catch (RemovalException e) {
                        running.complete(null);
                    }
                });
                remover.setDaemon(true);
                remover.start();
                // Nobody listens, which it says at once.
                assertThrows(RemovalException.class, () -> removals.removeEnded("0b", "two", true));
                assertFalse(running.isDone());
            });

            running.get(20, TimeUnit.SECONDS);
        }
    }

    private static Version version(String version, String component) throws Exception {
        return new ObjectMapper()
                .readValue(
                        "{\"Version\": \"" + version + "\", \"Components\": [{\"Name\": \"" + component + "\"}]}",
                        Version.class);
    }
}
