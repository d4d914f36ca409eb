package dev.bench.lab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.bench.host.Commands;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Chooses networks in a network namespace of the test's own, which is gone with its command. */
final class NetworkTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    @Test
    void namesFitTheKernelsLimit() {
        assertTrue(Network.bridge(Lab.newRunId()).length() <= 15);
        assertTrue(Network.namespace("0123abcd").contains("0123abcd"));
    }

    @Test
    void takesTheFirstNetworkWhereNoneIsInUse() throws IOException {
        assertEquals("198.18.0.", freeSubnetBesideRoutes());
    }

    @Test
    void takesNoNetworkThatARouteUses() throws IOException {
        assertEquals("198.18.2.", freeSubnetBesideRoutes("198.18.0.0/24", "198.18.1.128/25", "198.18.20.0/24"));
    }

    private static String freeSubnetBesideRoutes(String... routes) throws IOException {
        StringBuilder script = new StringBuilder("ip link set lo up");
        for (String route : routes) {
            script.append(" && ip route add ").append(route).append(" dev lo");
        }
        script.append(" && exec \"$@\"");
        List<String> enter = List.of("unshare", "--net", "sh", "-c");
        List<String> probe = new ArrayList<>(enter);
        probe.addAll(List.of(script.toString(), "sh", "true"));
        assumeTrue(works(probe), "no network namespace can be made here");
        List<String> command = new ArrayList<>(enter);
        command.addAll(List.of(
                script.toString(),
                "sh",
                System.getProperty("java.home") + "/bin/java",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Chosen.class.getName()));
        return Commands.runOrThrow(TIMEOUT, command).strip();
    }

    private static boolean works(List<String> command) {
        try {
            return Commands.run(TIMEOUT, command).status() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    /** Prints the network that is chosen where it runs. */
    static final class Chosen {
        private Chosen() {}

        public static void main(String[] arguments) throws IOException {
            System.out.println(Network.freeSubnet().prefix());
        }
    }
}
