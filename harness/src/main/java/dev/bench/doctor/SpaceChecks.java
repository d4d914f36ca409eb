package dev.bench.doctor;

import dev.bench.host.Capability;
import dev.bench.host.CpuInfo;
import dev.bench.host.HostFacts;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Finds out whether there is room on disks, in memory and on processors. */
final class SpaceChecks {
    private static final long CACHE_BYTES = 3L << 30;
    private static final long RUN_BYTES = 64L << 20;
    private static final long COMFORTABLE_MEMORY = 2L << 30;
    private static final long LEAST_MEMORY = 512L << 20;

    private final Examination examination;

    SpaceChecks(Examination examination) {
        this.examination = examination;
    }

    List<Capability> check() {
        return List.of(
                disk(
                                "cache directory",
                                examination.cacheDirectory(),
                                CACHE_BYTES,
                                "the image and its disks may not fit, and a run would end early",
                                ", or name another directory with --cache")
                        .asRootOnly(),
                disk(
                                "run directory",
                                examination.runDirectory(),
                                RUN_BYTES,
                                "sockets, logs and states of a run may not fit",
                                "")
                        .asRootOnly(),
                memory(),
                processors());
    }

    /** Looks at a directory's disk; {@code elsewhere} ends a remedy where another directory can be named. */
    private Capability disk(String name, Path directory, long needed, String consequence, String elsewhere) {
        Path existing = HostFacts.existing(directory);
        if (!Files.isWritable(existing)) {
            return Capability.missing(
                            name,
                            existing + " cannot be written to" + readOnly(existing),
                            "nothing can be prepared, so no scenario runs",
                            "make it one that can be written to" + elsewhere)
                    .neededBy(examination.drivers());
        }
        String remedy = "free space there" + elsewhere;
        try {
            var store = Files.getFileStore(existing);
            long free = store.getUsableSpace();
            String finding = directory + " has " + mebibytes(free) + " free (" + store.type() + ")";
            if (free >= needed) {
                return Capability.ok(name, finding);
            }
            String tooLittle = finding + ", wanted are " + mebibytes(needed);
            // A run needs a tenth of it with images that are small or cached.
            return free >= needed / 10
                    ? Capability.degraded(name, tooLittle, consequence, remedy)
                    : Capability.missing(name, tooLittle, consequence, remedy).neededBy(examination.drivers());
        } catch (IOException e) {
            return Capability.degraded(name, "cannot be asked for space: " + e.getMessage(), consequence, remedy);
        }
    }

    private static String readOnly(Path directory) {
        try {
            return Files.getFileStore(directory).isReadOnly() ? ": its file system is read-only" : "";
        } catch (IOException e) {
            return "";
        }
    }

    private Capability memory() {
        String name = "memory";
        Optional<Long> available = examination.files().memoryBytes("MemAvailable");
        if (available.isEmpty()) {
            return Capability.degraded(
                    name, "the kernel does not state it", "instances may not fit", "make sure 2 GiB are free");
        }
        String finding = mebibytes(available.get()) + " available";
        if (available.get() >= COMFORTABLE_MEMORY) {
            return Capability.ok(name, finding);
        }
        String remedy = "end other programs, or measure on a host with more";
        return available.get() >= LEAST_MEMORY
                ? Capability.degraded(
                        name, finding, "the host reclaims memory while it measures, and scale-out stops early", remedy)
                : Capability.missing(name, finding, "engines and instances do not fit, so no scenario runs", remedy)
                        .neededBy(examination.drivers());
    }

    private Capability processors() {
        CpuInfo cpu = CpuInfo.parse(examination.files().lines("/proc/cpuinfo"));
        return cpu.threads() > 1
                ? Capability.ok("processors", cpu.topology() + ", " + cpu.model())
                : Capability.degraded(
                        "processors",
                        cpu.topology() + ", " + cpu.model(),
                        "the probe and the workload share one processor and delay each other",
                        "measure on a host with two processors or more");
    }

    private static String mebibytes(long bytes) {
        return bytes >= 10L << 30 ? (bytes >> 30) + " GiB" : (bytes >> 20) + " MiB";
    }
}
