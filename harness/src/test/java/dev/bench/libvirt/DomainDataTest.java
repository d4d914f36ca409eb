package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DomainDataTest {
    @Test
    void theCacheModeIsThatOfTheDiskThatHoldsTheData() {
        assertEquals("", DomainData.ROOT.rootAttributes());
        assertEquals(" cache='none'", new DomainData("none", null, "", null).rootAttributes());

        DomainData disk = new DomainData("none", Path.of("/d&d"), "qcow2", null);
        assertEquals("", disk.rootAttributes());
        assertTrue(disk.devices().contains("type='qcow2' cache='none'"), disk.devices());
        assertTrue(disk.devices().contains("<source file='/d&amp;d'/>"), disk.devices());
        assertFalse(disk.isServed());
    }

    @Test
    void memoryIsSharedWithWhatServesADirectory() {
        DomainData shared = new DomainData("", null, "", Path.of("/share"));
        assertTrue(shared.devices().contains("<driver type='virtiofs'/>"), shared.devices());
        assertTrue(shared.isServed());
    }
}
