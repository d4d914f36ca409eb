package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.host.FixtureSystem;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LibvirtLibraryTest {
    @TempDir
    private Path root = Path.of("");

    @Test
    void readsLibvirtsVersionFromTheNameOfItsFile() {
        FixtureSystem system = new FixtureSystem(root).with("/usr/lib/x86_64-linux-gnu/libvirt.so.0.10003.2", "");
        assertEquals(Optional.empty(), LibvirtLibrary.version(system.files()));

        system.link("/usr/lib/x86_64-linux-gnu/libvirt.so.0", "libvirt.so.0.10003.2");
        assertEquals(Optional.of("10.3.2"), LibvirtLibrary.version(system.files()));
    }
}
