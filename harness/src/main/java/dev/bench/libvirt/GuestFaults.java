package dev.bench.libvirt;

import dev.bench.guest.Firmware;
import dev.bench.target.OptionFault;
import dev.bench.target.StartMode;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.Limits;
import java.util.Map;
import java.util.Optional;

/** Says which options and limits do not go with classic machines, nor with machines whose root is shared. */
final class GuestFaults {
    /** The least that it was seen to start and to serve with; its initial RAM disk is unpacked beside the archive it comes in. */
    static final long LEAST_BYTES = 384L << 20;

    /** What a target has of measures whose procedure makes disks or machines of another form. */
    private static final Map<String, String> OF_LEAN = Map.of(
            LibvirtDriver.DOCKERFILE.key(),
            "builds",
            LibvirtDriver.DELIVERY,
            "deliveries",
            LibvirtDriver.MACHINES,
            "applications",
            LibvirtPlace.KEY,
            "storage");

    private GuestFaults() {}

    static Optional<OptionFault> find(TargetDefinition definition) {
        if (!LibvirtDriver.isClassic(definition)) {
            if (LibvirtDriver.firmware(definition) == Firmware.UEFI) {
                return Optional.of(new OptionFault(
                        LibvirtDriver.FIRMWARE,
                        "uefi goes with guest: classic only; a lean machine's kernel is started directly"));
            }
            return definition.option(LibvirtDriver.DISK).isEmpty()
                    ? ofShared(definition)
                    : Optional.of(new OptionFault(LibvirtDriver.DISK, "goes with guest: classic only"));
        }
        if (SharedRoot.is(definition)) {
            return Optional.of(new OptionFault(
                    SharedRoot.KEY, "virtiofs goes with guest: lean only; a classic machine boots a disk"));
        }
        if (!definition.option(LibvirtDriver.KERNEL).isEmpty()) {
            return Optional.of(new OptionFault(
                    LibvirtDriver.KERNEL,
                    "goes with guest: lean only; a classic machine boots the kernel on its disk"));
        }
        if (PvhBoot.is(definition)) {
            return Optional.of(new OptionFault(
                    PvhBoot.KEY, "pvh goes with guest: lean only; a classic machine's boot loader starts its kernel"));
        }
        if (StartMode.of(definition) != StartMode.COLD) {
            return Optional.of(new OptionFault(
                    StartMode.KEY, "a classic machine starts cold only; take guest: lean for another start"));
        }
        return unmeasured(definition)
                .map(measured -> new OptionFault(
                        LibvirtDriver.GUEST,
                        "classic machines are not measured with " + measured + "; take guest: lean"));
    }

    private static Optional<OptionFault> ofShared(TargetDefinition definition) {
        if (!SharedRoot.is(definition)) {
            return Optional.empty();
        }
        if (StartMode.of(definition) == StartMode.RESTORE) {
            return Optional.of(new OptionFault(
                    StartMode.KEY,
                    "a machine with root: virtiofs is not restored, since libvirt saves none whose root another program"
                            + " serves; take start: resume or root: disk"));
        }
        return unmeasured(definition)
                .map(measured -> new OptionFault(
                        SharedRoot.KEY,
                        "machines with root: virtiofs are not measured with " + measured + "; take root: disk"));
    }

    /** Returns what a target is measured with that takes lean machines with a disk of their own. */
    private static Optional<String> unmeasured(TargetDefinition definition) {
        return OF_LEAN.entrySet().stream()
                .filter(option -> !definition.option(option.getKey()).isEmpty())
                .findFirst()
                .map(Map.Entry::getValue);
    }

    static Optional<OptionFault> find(TargetDefinition definition, Limits limits) {
        return LibvirtDriver.isClassic(definition) && limits.memoryBytes() < LEAST_BYTES
                ? Optional.of(new OptionFault(
                        LibvirtDriver.GUEST,
                        "a classic machine needs limits.memory of " + (LEAST_BYTES >> 20)
                                + "MiB or more, since its kernel, initial RAM disk and system have to fit beside the"
                                + " workload, and it is " + (limits.memoryBytes() >> 20)
                                + "MiB; give that much, or take guest: lean"))
                : Optional.empty();
    }
}
