package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.image.ResolvedUser;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.target.Subnet;
import dev.bench.workload.ImageConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Reads what the programs hold; {@code StackIT} runs them. */
final class StackProgramTest {
    private static final Subnet NETWORK = new Subnet("198.18.0.");

    @Test
    void runsEachServiceInARootOfItsOwn() {
        String text = text(program(service("web", "/dev/vda", null), service("db", "/dev/vdb", null)));

        inOrder(text, "init\n\0", "/roots/A\0", "/dev/vda\0", "/roots/B\0", "/dev/vdb\0");
        inOrder(text, "exec A\n\0", "/usr/bin/web\0", "exec B\n\0", "/usr/bin/db\0");
        assertTrue(text.contains("failed A: execute /usr/bin/web\n\0"));
        assertTrue(text.contains("failed B: execute /usr/bin/db\n\0"));
        assertTrue(text.contains("198.18.0.9\tweb\n198.18.0.7\tother\n"), "names in /etc/hosts");
    }

    @Test
    void executesACheckOnlyWhereThereIsOne() {
        GuestCheck check = new GuestCheck(config("probe"), runtime("/usr/bin/probe"), Duration.ofMillis(2500));

        String checked = text(program(service("web", "/dev/vda", check)));
        assertTrue(checked.contains("failed A check: enter the service's name spaces\n\0"));
        assertTrue(checked.contains("failed execute /usr/bin/probe\n\0"));
        assertFalse(text(program(service("web", "/dev/vda", null))).contains("name spaces"));
    }

    @Test
    void mountsIntoARootAfterItWasEntered() {
        GuestService service = new GuestService(
                "web",
                config("web"),
                runtime("/usr/bin/web"),
                "/dev/vda",
                64 << 20,
                List.of(
                        new GuestBind(GuestBind.Kind.DIRECTORY, "/data/0/data", "/var/lib/web", false),
                        new GuestBind(GuestBind.Kind.FILE, "/data/1/0", "/run/secrets/key", true),
                        new GuestBind(GuestBind.Kind.TMPFS, "mode=1777", "/tmp", false)),
                List.of(),
                false,
                true,
                null);

        inOrder(
                text(new StackProgram(
                                List.of(),
                                NETWORK.host(9),
                                NETWORK,
                                List.of(),
                                List.of(new GuestMount("/dev/vdb", "/data/0", "ext4")),
                                List.of(service))
                        .elf()),
                "/data/0\0",
                "/dev/vdb\0",
                "/roots/A/.bench\0",
                "/var/lib/web\0",
                "/.bench/0/data\0",
                "/run/secrets\0",
                "/.bench/1/0\0",
                "/tmp\0",
                "mode=1777\0",
                "exec A\n\0");
    }

    @Test
    void takesAsManyServicesAsThereAreLetters() {
        List<GuestService> many = Collections.nCopies(27, service("web", "/dev/vda", null));
        assertThrows(IllegalArgumentException.class, () -> program(many.toArray(GuestService[]::new)));
        assertEquals('Z', StackProgram.letter(StackProgram.MOST_SERVICES - 1));
    }

    private static byte[] program(GuestService... services) {
        return new StackProgram(List.of(), NETWORK.host(9), NETWORK, List.of(), List.of(), List.of(services)).elf();
    }

    private static GuestService service(String name, String disk, @Nullable GuestCheck check) {
        return new GuestService(
                name,
                config(name),
                runtime("/usr/bin/" + name),
                disk,
                64 << 20,
                List.of(),
                List.of("198.18.0.7\tother"),
                false,
                true,
                check);
    }

    private static ImageConfig config(String program) {
        return new ImageConfig(List.of(program), List.of(), "", "/", List.of(), "SIGTERM");
    }

    private static RuntimeEnvironment runtime(String executable) {
        return new RuntimeEnvironment(List.of("PATH=/bin"), executable, new ResolvedUser(0, 0, List.of(0), "/root"));
    }

    private static String text(byte[] program) {
        return new String(program, StandardCharsets.ISO_8859_1);
    }

    private static void inOrder(String text, String... parts) {
        int at = -1;
        for (String part : parts) {
            int next = text.indexOf(part, at + 1);
            assertTrue(next > at, part.strip() + " is missing or comes too early");
            at = next;
        }
    }
}
