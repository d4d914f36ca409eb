package dev.bench.cli;

import dev.bench.doctor.AccelerationProbe;
import dev.bench.vm.GuestKernel;
import dev.bench.vm.KvmProbe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Tries KVM by booting the probe guest, for the doctor. */
final class KvmAcceleration implements AccelerationProbe {
    private final Console console;
    private final Path cacheDirectory;

    KvmAcceleration(Console console, Path cacheDirectory) {
        this.console = console;
        this.cacheDirectory = cacheDirectory;
    }

    @Override
    public Acceleration probe() throws IOException {
        console.progress("booting a probe guest under KVM (up to 10 s)");
        Files.createDirectories(cacheDirectory);
        KvmProbe.Outcome outcome = KvmProbe.probe(GuestKernel.find(""), cacheDirectory);
        return new Acceleration(outcome.works(), outcome.finding());
    }
}
