package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class EngineAddressTest {
    private static final Map<String, String> TLS =
            Map.of("DOCKER_TLS_VERIFY", "1", "DOCKER_CERT_PATH", "/root/.docker");

    @Test
    void takesEnginesOfThisHost() {
        for (String host : List.of(
                "unix:///var/run/docker.sock", "tcp://127.0.0.1:2375", "tcp://[::1]:2375", "tcp://localhost:2375")) {
            assertEquals(Optional.empty(), EngineAddress.refusal(host, Map.of()), host);
        }
        assertEquals(Optional.empty(), EngineAddress.refusal(null, Map.of()));
    }

    @Test
    void refusesEnginesOfOtherHosts() {
        // 192.0.2.0/24 is for documentation (RFC 5737) and no interface's.
        for (String host : List.of("ssh://root@192.0.2.1", "ssh://localhost", "tcp://192.0.2.1:2375")) {
            EngineAddress.Refusal refusal =
                    EngineAddress.refusal(host, Map.of()).orElseThrow();
            assertTrue(refusal.finding().contains(host), refusal.finding());
            assertTrue(refusal.remedy().contains("run bench on that host"), refusal.remedy());
        }
    }

    @Test
    void refusesTlsWhereItIsAskedFor() {
        assertTrue(EngineAddress.refusal("tcp://127.0.0.1:2376", TLS)
                .orElseThrow()
                .finding()
                .contains("TLS"));
        assertTrue(EngineAddress.refusal("https://127.0.0.1:2376", Map.of())
                .orElseThrow()
                .finding()
                .contains("TLS"));
        // As for Docker's command line, a socket file has no TLS.
        assertEquals(Optional.empty(), EngineAddress.refusal("unix:///var/run/docker.sock", TLS));
    }

    @Test
    void refusesAContextUnlessAnAddressIsGivenToo() {
        Map<String, String> context = Map.of("DOCKER_CONTEXT", "build-server");

        EngineAddress.Refusal refusal = EngineAddress.refusal(null, context).orElseThrow();
        assertTrue(refusal.finding().contains("DOCKER_CONTEXT is build-server"), refusal.finding());
        assertTrue(refusal.remedy().contains("docker context inspect build-server"), refusal.remedy());
        assertEquals(Optional.empty(), EngineAddress.refusal("unix:///var/run/docker.sock", context));
        assertEquals(Optional.empty(), EngineAddress.refusal(null, Map.of("DOCKER_CONTEXT", "default")));
    }
}
