package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.target.Subnet;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassicFilesTest {
    private static final Subnet NETWORK = new Subnet("198.18.0.");

    @TempDir
    private Path root;

    @Test
    void theUnitRunsWhatTheSeedBrings() throws IOException {
        ClassicFiles.write(root, Firmware.BIOS);

        Map<String, String> seed =
                unpacked(ClassicSeed.of("program".getBytes(StandardCharsets.UTF_8), NETWORK.host(9), NETWORK));
        Path units = root.resolve("etc/systemd/system");
        String unit = Files.readString(units.resolve("bench-workload.service"));
        String program = unit.lines()
                .filter(line -> line.startsWith("ExecStart="))
                .map(line -> line.substring("ExecStart=".length()))
                .findFirst()
                .orElseThrow();
        assertEquals("program", seed.get(program.replaceFirst("^/run/", "")));
        assertTrue(Files.isRegularFile(units.resolve("multi-user.target.wants/bench-workload.service")));
        assertTrue(Files.isDirectory(root.resolve("workload")));
    }

    @Test
    void aWordOnThePortThatTheFirmwareSpeaksOnBeginsALine() {
        String script = "etc/initramfs-tools/scripts/init-top/bench";

        assertTrue(ClassicFiles.all(Firmware.BIOS).get(script).contains("\necho init > /dev/ttyS1\n"));
        assertTrue(ClassicFiles.all(Firmware.UEFI).get(script).contains("\nprintf '\\n%s\\n' init > /dev/ttyS1\n"));
    }

    @Test
    void theSeedHasTheAddressAndWaitsForNoOther() throws IOException {
        String network =
                unpacked(ClassicSeed.of(new byte[0], NETWORK.host(9), NETWORK)).get("systemd/network/10-bench.network");

        assertTrue(network.contains("MACAddress=" + Subnet.hardwareAddress(NETWORK.host(9)) + "\n"), network);
        assertTrue(network.contains("Address=" + NETWORK.host(9).getHostAddress() + "/"), network);
        assertTrue(network.contains("LinkLocalAddressing=no\n"), network);
    }

    @Test
    void onlyAnObservationBringsTools() throws IOException {
        Map<String, String> plain = unpacked(ClassicSeed.of(new byte[1], NETWORK.host(9), NETWORK));
        Map<String, String> observing =
                unpacked(ClassicSeed.withObservation(new byte[1], new byte[2], NETWORK.host(9), NETWORK));

        assertFalse(plain.containsKey("bench/busybox"));
        assertTrue(observing.keySet().containsAll(plain.keySet()));
        assertTrue(observing.containsKey("bench/busybox") && observing.containsKey("bench/manifest.sh"));
    }

    private static Map<String, String> unpacked(byte[] archive) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        try (TarArchiveInputStream input = new TarArchiveInputStream(new ByteArrayInputStream(archive))) {
            for (TarArchiveEntry entry = input.getNextEntry(); entry != null; entry = input.getNextEntry()) {
                files.put(entry.getName(), new String(input.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
