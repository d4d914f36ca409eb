package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.target.Subnet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class DomainXmlTest {
    private static final DomainXml.Root DISK = new DomainXml.Disk(Path.of("/o"), Path.of("/b"), "qcow2");

    private static String render(DomainXml.Root root, DomainXml.Boot boot) {
        return new DomainXml(
                        "m",
                        "1",
                        new DomainXml.Machine(false, "q35", "maximum", 1, "", 1 << 20),
                        boot,
                        root,
                        new DomainXml.Nic("br", new Subnet("198.18.0.").host(9)),
                        new DomainXml.Ports(Path.of("/0"), Path.of("/1"), Path.of("/2")),
                        DomainData.ROOT,
                        false)
                .render();
    }

    private static DomainXml.Boot direct(Path firmware) {
        return new DomainXml.DirectBoot(Path.of("/k"), Path.of("/i"), "quiet", firmware);
    }

    @Test
    void aTreeIsServedByTheGivenProgramInTheDisksPlace() {
        String tree = render(new DomainXml.Tree(Path.of("/t&t"), Path.of("/s")), new DomainXml.DiskBoot());

        assertTrue(tree.contains("<source dir='/t&amp;t'/>"), tree);
        assertTrue(tree.contains("<binary path='/s' xattr='on'>"), tree);
        assertTrue(tree.contains("<access mode='shared'/>"), tree);
        assertFalse(tree.contains("<disk"), tree);

        String disk = render(DISK, new DomainXml.DiskBoot());
        assertTrue(disk.contains("<source file='/o'/>"), disk);
        assertFalse(disk.contains("virtiofs") || disk.contains("<memoryBacking>"), disk);
    }

    @Test
    void aKernelIsLoadedByTheFirmwareThatIsNamed() {
        String pvh = render(DISK, direct(Path.of("/q")));
        assertTrue(pvh.contains("<loader readonly='yes' type='rom'>/q</loader>"), pvh);
        assertTrue(pvh.contains("<kernel>/k</kernel>"), pvh);

        String usual = render(DISK, direct(null));
        assertTrue(usual.contains("<kernel>/k</kernel>"), usual);
        assertFalse(usual.contains("<loader"), usual);
    }

    @Test
    void aUefiHasVariablesOfTheMachinesOwn() {
        String uefi = render(DISK, new DomainXml.UefiBoot(Path.of("/c"), Path.of("/t"), Path.of("/v")));

        assertTrue(uefi.contains("<loader readonly='yes' type='pflash'>/c</loader>"), uefi);
        assertTrue(uefi.contains("<nvram template='/t'>/v</nvram>"), uefi);
        assertFalse(uefi.contains("<bios"), uefi);
    }
}
