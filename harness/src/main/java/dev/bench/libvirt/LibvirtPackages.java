package dev.bench.libvirt;

import dev.bench.target.DriverPackages;
import java.io.IOException;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

/** Makes the user that libvirt's QEMU driver looks up, which its package leaves to another. */
final class LibvirtPackages implements DriverPackages {
    private static final String EMULATOR_PACKAGE = "libvirt-daemon-driver-qemu";

    @Override
    public List<String> services() {
        return List.of("libvirtd");
    }

    @Override
    public void complete(Collection<String> installed, Consumer<String> progress) throws IOException {
        if (installed.contains(EMULATOR_PACKAGE)) {
            EmulatorUser.create(progress);
        }
    }
}
