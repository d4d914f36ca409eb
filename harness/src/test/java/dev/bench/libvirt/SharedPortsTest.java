package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class SharedPortsTest {
    @Test
    void namesTheServicesAndTheirPort() {
        assertEquals(
                Optional.of("the services web and admin listen on the same port, 80, which a machine has once; give"
                        + " machines: each, or one of them another port"),
                SharedPorts.clash(stack(service("web", 80), service("db", 5432), service("admin", 80)), Map.of()));
        assertEquals(Optional.empty(), SharedPorts.clash(stack(service("web", 80), service("db", 81)), Map.of()));
    }

    @Test
    void countsThePortsOfImages() {
        assertEquals(
                Optional.of("the services web and db listen on the same port, 81, which a machine has once; give"
                        + " machines: each, or one of them another port"),
                SharedPorts.clash(stack(service("web", 80), service("db", 81)), Map.of("web", image(81))));
        assertEquals(Optional.empty(), SharedPorts.clash(stack(service("web", 80)), Map.of("web", image(80))));
    }

    private static Stack stack(Service... services) {
        return new Stack("s", List.of(services), List.of(), Map.of(), "web", List.of());
    }

    private static Service service(String name, int port) {
        return new Service(
                name,
                new ImageSource.Oci("x"),
                ConfigOverrides.none(),
                List.of(),
                null,
                List.of(),
                List.of(),
                List.of(port),
                null,
                Restart.NEVER,
                Duration.ZERO,
                false);
    }

    private static PreparedImage image(int port) {
        Path none = Path.of("/none");
        return new PreparedImage(
                "d",
                "r",
                none,
                "t",
                none,
                none,
                new ImageConfig(List.of("x"), List.of(), "", "/", List.of(port), "TERM"));
    }
}
