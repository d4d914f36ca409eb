package dev.bench.libvirt;

import dev.bench.guest.GuestKernel;
import dev.bench.guest.KvmProbe;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.file.Files;

/** Finds out whether virtual machines really run under KVM, by starting one. */
@FunctionalInterface
interface AccelerationProbe {
    /**
     * Starts a guest, or repeats what was found since the host's boot.
     *
     * @throws IOException where no guest could be started at all
     */
    Acceleration probe(Examination examination) throws IOException;

    /**
     * Holds what was found.
     *
     * @param works whether a guest ran
     * @param finding one sentence
     */
    record Acceleration(boolean works, String finding) {}

    /** Boots the probe guest. */
    static Acceleration boot(Examination examination) throws IOException {
        examination.progress().accept("booting a probe guest under KVM (up to 10 s)");
        Files.createDirectories(examination.cacheDirectory());
        KvmProbe.Support support = KvmProbe.probe(GuestKernel.find(""), examination.cacheDirectory());
        return new Acceleration(support.works(), support.finding());
    }
}
