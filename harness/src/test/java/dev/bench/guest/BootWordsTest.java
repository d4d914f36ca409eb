package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.result.PhaseName;
import dev.bench.target.PhaseRecorder;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootWordsTest {
    private final PhaseRecorder phases = new PhaseRecorder();
    private final BootWords words = new BootWords(phases::mark);

    private List<PhaseName> reached() {
        phases.mark(PhaseName.REQUEST, 0);
        return phases.phases().stream().map(phase -> phase.name()).toList();
    }

    @Test
    void everyPhaseBeginsWithItsFirstWord() {
        words.said(10, "\u001b[2JSeaBIOS");
        assertFalse(words.hopeless());
        words.said(20, " (version 1.16)\r\nbench: load");
        words.said(30, "er\r\n");
        words.said(40, "bench: kernel\r\n");
        words.said(50, "bench: loader bench: kernel");

        assertEquals(List.of(PhaseName.REQUEST, PhaseName.FIRMWARE, PhaseName.LOADER, PhaseName.KERNEL), reached());
        assertEquals(10, phases.at(PhaseName.FIRMWARE).getAsLong());
        assertEquals(30, phases.at(PhaseName.LOADER).getAsLong());
        assertEquals(40, phases.at(PhaseName.KERNEL).getAsLong());
    }

    @Test
    void aDiskThatDoesNotBootStaysInItsFirmware() {
        words.said(10, "SeaBIOS\r\nBooting from Hard Disk...\r\nNo bootable device.\r\n");

        assertEquals(List.of(PhaseName.REQUEST, PhaseName.FIRMWARE), reached());
        assertTrue(words.hopeless());
    }

    @Test
    void aUefiThatFindsNothingSaysSoInItsOwnWords() {
        words.said(10, "BdsDxe: failed to load Boot0001 \"UEFI Misc Device\": Not Found\r\n");
        assertFalse(words.hopeless());
        words.said(
                20, "BdsDxe: starting Boot0002 \"EFI Internal Shell\"\r\n\u001b[01;01HUEFI Interactive Shell v2.2\r\n");

        assertTrue(words.hopeless());
    }
}
