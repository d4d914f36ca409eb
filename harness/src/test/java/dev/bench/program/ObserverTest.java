package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.Identity;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(30)
final class ObserverTest {
    @TempDir
    private Path directory = Path.of("");

    @Test
    void tellsWhatItWasStartedWith() throws Exception {
        Observer.Seen seen = Observer.parse(
                run(Map.of("B", "two words", "A", "ü\nline", "HOSTNAME", "differs", "EMPTY", ""), "one", "", "drei ü"));

        assertNotNull(seen);
        assertEquals(List.of(directory.resolve("observer").toString(), "one", "", "drei ü"), seen.argv());
        assertEquals(List.of("A=ü\nline", "B=two words", "EMPTY="), seen.env());
        assertEquals(directory.toRealPath().toString(), seen.cwd());
        assertEquals(Files.getAttribute(directory, "unix:uid"), seen.uid());
        assertEquals(Files.getAttribute(directory, "unix:gid"), seen.gid());
    }

    @Test
    void tellsWhatItSeesOfTheMachine() throws Exception {
        Observer.Seen seen = Observer.parse(run(Map.of()));

        assertNotNull(seen);
        assertEquals(List.of(), seen.env());
        assertEquals(Files.readString(Path.of("/proc/sys/kernel/osrelease")).strip(), seen.kernel());
        // Not what the JVM counts, which heeds the limits of its own control group.
        String mask = value("/proc/self/status", "Cpus_allowed:").replace(",", "");
        assertEquals(new BigInteger(mask, 16).bitCount(), seen.cpus());
        String memory = value("/proc/meminfo", "MemTotal:");
        assertEquals(Long.parseLong(memory.replace(" kB", "")) << 10, seen.memoryBytes());
    }

    @Test
    void tellsWhatTheKernelSaysOfTheProcess() throws Exception {
        Observer.Seen seen = Observer.parse(run(Map.of()));

        assertNotNull(seen);
        Map<String, String> attributes = seen.attributes();
        assertEquals("a pipe, /dev/stdout can be opened", attributes.get("standard output"));
        assertEquals(value("/proc/self/status", "Umask:"), attributes.get("umask"));
        assertEquals(value("/proc/self/status", "CapBnd:"), attributes.get("capabilities, CapBnd"));
        String[] files = value("/proc/self/limits", "Max open files").split("\\s+", -1);
        assertEquals(files[0] + ", at most " + files[1], attributes.get("limit of open files"));
        assertEquals(
                setting("/proc/sys/net/ipv4/ping_group_range").replaceAll("\\s+", " to "),
                attributes.get("groups that may ping"));
        assertTrue(attributes.get("mounts").contains("/proc proc "), attributes.get("mounts"));
    }

    @Test
    void passesOnWhatIsLongerThanOneRead() throws Exception {
        String value = "0123456789".repeat(1_000);
        Observer.Seen seen = Observer.parse(run(Map.of("LONG", value), value));

        assertNotNull(seen);
        assertEquals(List.of("LONG=" + value), seen.env());
        assertEquals(value, seen.argv().get(1));
    }

    @Test
    void isReadFromWithinAConsole() throws Exception {
        String output = run(Map.of("A", "1"), "x");
        Observer.Seen seen = Observer.parse(output);

        assertEquals(
                seen,
                Observer.parse("[ 0.1] kernel; says 42\r\n" + output.replace("\n", "\r\n") + "reboot: Power down\r\n"));
    }

    @Test
    void whatIsCutOffCountsAsNothing() throws Exception {
        String output = run(Map.of(), "x");

        assertNull(Observer.parse(""));
        for (int length = 0; length < output.length() - 2; length += 97) {
            assertNull(Observer.parse(output.substring(0, length)), "after " + length);
        }
        int middle = output.length() / 2;
        assertNull(Observer.parse(output.substring(middle) + output.substring(0, middle)));
    }

    @Test
    void whatIsDamagedCountsAsNothing() throws Exception {
        String output = run(Map.of(), "x");
        for (int at = 20; at < output.length() - 20; at += 301) {
            assertNull(
                    Observer.parse(output.substring(0, at) + " Oops: 0002 [#1] " + output.substring(at)), "at " + at);
        }
    }

    @Test
    void limitsCountWhereTheyAreTighterThanTheMachine() {
        Observer.Seen seen =
                new Observer.Seen(List.of("x"), List.of("A=1"), 1, 2, "/", "6.1", 4, 8L << 30, Map.of("umask", "0022"));

        Identity limited = seen.identity("digest", 0.5, 1L << 30);
        assertEquals(
                new Identity(
                        "digest",
                        List.of("x"),
                        List.of("A=1"),
                        1,
                        2,
                        "/",
                        "6.1",
                        0.5,
                        1L << 30,
                        null,
                        Map.of("umask", "0022")),
                limited);
        Identity free = seen.identity("digest", 16, 64L << 30);
        assertEquals(4, free.cpus());
        assertEquals(8L << 30, free.memoryBytes());
    }

    /** Such a file has to be read at once; Files would come back for the rest, which there is none of. */
    private static String setting(String file) throws IOException {
        try (InputStream input = new FileInputStream(file)) {
            byte[] buffer = new byte[64];
            return new String(buffer, 0, input.read(buffer), StandardCharsets.US_ASCII).strip();
        }
    }

    private static String value(String file, String key) throws IOException {
        return Files.readAllLines(Path.of(file)).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private String run(Map<String, String> environment, String... arguments) throws IOException, InterruptedException {
        Path file = directory.resolve("observer");
        if (!Files.exists(file)) {
            Files.write(file, Observer.program());
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwx------"));
        }
        List<String> command = new ArrayList<>(List.of(file.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        assertTrue(output.endsWith("@\n"), output);
        return output;
    }
}
