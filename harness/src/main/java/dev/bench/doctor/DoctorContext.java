package dev.bench.doctor;

import dev.bench.host.Distribution;
import dev.bench.host.SystemFiles;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Says what is to be examined.
 *
 * @param files the host's files
 * @param distribution the host's distribution
 * @param cacheDirectory where images are kept; need not exist yet
 * @param runDirectory where runs keep their sockets and state; need not exist yet
 * @param dockerHost an existing container engine that is to be used, or null for the lab's own
 * @param libvirtUri an existing libvirt that is to be used, or null for the lab's own
 * @param acceleration tries KVM
 */
public record DoctorContext(
        SystemFiles files,
        Distribution distribution,
        Path cacheDirectory,
        Path runDirectory,
        @Nullable String dockerHost,
        @Nullable String libvirtUri,
        AccelerationProbe acceleration) {
    /** Examines this host. */
    public static DoctorContext ofHost(
            Path cacheDirectory,
            @Nullable String dockerHost,
            @Nullable String libvirtUri,
            AccelerationProbe acceleration) {
        SystemFiles files = SystemFiles.ofHost();
        return new DoctorContext(
                files,
                Distribution.read(files),
                cacheDirectory.toAbsolutePath(),
                Path.of("/run/bench"),
                dockerHost,
                libvirtUri,
                acceleration);
    }
}
