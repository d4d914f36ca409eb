package dev.bench.program;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.program.Inspection.Answer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
final class InspectorTest {
    @TempDir
    private Path directory = Path.of("");

    private String run() throws Exception {
        Path program = directory.resolve("inspector");
        Files.write(program, Inspector.program());
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwx------"));
        Process process = new ProcessBuilder(program.toString()).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), output);
        return output;
    }

    @Test
    void seesWhatThisProcessHas() throws Exception {
        Inspection seen = Inspector.parse(run()).orElseThrow();

        assertEquals(Files.readString(Path.of("/proc/version")).strip(), seen.kernel());
        assertEquals(
                Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip(), seen.boot());
        assertEquals(status("CapBnd:"), seen.capabilities().get("CapBnd"));
        assertEquals(status("Seccomp:"), seen.filter());
        assertEquals(
                Files.readSymbolicLink(Path.of("/proc/self/ns/pid")).toString(),
                seen.namespaces().get("pid"));
    }

    @Test
    void walksDirectoriesToTheirEnd() throws Exception {
        Inspection seen = Inspector.parse(run()).orElseThrow();

        assertEquals(deviceNames(), seen.devices());
        long writable = count("/proc/sys");
        // Few of these come and go, as sockets of a network do.
        assertEquals(writable, seen.writableSettings(), Math.max(20, writable / 20.0));
    }

    @Test
    void triesSystemCalls() throws Exception {
        Inspection seen = Inspector.parse(run()).orElseThrow();

        assertTrue(seen.calls(Answer.ANSWERED).containsAll(List.of("read", "openat", "futex", "clone", "execve")));
        assertTrue(seen.calls(Answer.ABSENT).containsAll(List.of("create_module", "vserver")));
        assertTrue(seen.answers().keySet().stream().noneMatch(List.of("kill", "sync", "reboot")::contains));
    }

    @Test
    void readsNothingOfWhatIsCutShortOrDamaged() throws Exception {
        String output = run();

        assertEquals(Optional.empty(), Inspector.parse(""));
        assertEquals(Optional.empty(), Inspector.parse(output.substring(0, output.length() / 2)));
        assertEquals(Optional.empty(), Inspector.parse(output.replaceFirst("\n[0-9a-f]{8}\n", "\n[    1.0] random\n")));
        assertTrue(Inspector.parse("before" + output.replace("\n", "\r\n") + "after")
                .isPresent());
    }

    private static String status(String key) throws IOException {
        return Files.readAllLines(Path.of("/proc/self/status")).stream()
                .filter(line -> line.startsWith(key))
                .map(line -> line.substring(key.length()).strip())
                .findFirst()
                .orElseThrow();
    }

    private static List<String> deviceNames() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("/dev"))) {
            return files.filter(InspectorTest::isDevice)
                    .map(path -> path.getFileName().toString())
                    .sorted()
                    .toList();
        }
    }

    private static boolean isDevice(Path path) {
        try {
            int type = (int) Files.getAttribute(path, "unix:mode", LinkOption.NOFOLLOW_LINKS) & 0170000;
            return type == 0020000 || type == 0060000;
        } catch (IOException e) {
            return false;
        }
    }

    private static long count(String directory) throws IOException {
        try (Stream<Path> files = Files.walk(Path.of(directory))) {
            return files.filter(path -> Files.isRegularFile(path) && Files.isWritable(path))
                    .count();
        }
    }
}
