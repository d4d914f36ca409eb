package dev.bench.libvirt;

import dev.bench.guest.GuestProgram;
import dev.bench.guest.ProvenDisks;
import dev.bench.host.Sha256;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.image.TreeManifest;
import dev.bench.program.Observer;
import dev.bench.program.WriteTrial;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Observation;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.PreparedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Looks at the workload from inside a machine, where the observer runs in its place. Listing the whole disk is slow, so that
 * a disk that was once proven is not listed again under the same kernel and hypervisor.
 */
final class GuestObservation {
    private static final Duration TIMEOUT = Duration.ofMinutes(10);
    /** How long a whole system may take to its unit, many times longer than an emulated one does. */
    private static final Duration BOOT_TIMEOUT = Duration.ofMinutes(3);

    private final TargetDefinition definition;
    private final PreparedImage image;
    private final RuntimeEnvironment runtime;
    private final Hypervisor hypervisor;
    private final ProvenDisks proven;
    private final Machines machines;

    /** Starts machines. */
    interface Machines {
        /** Returns the init of a machine to be. */
        GuestProgram program(LaunchRequest request);

        /** Returns what carries that into it. */
        ProgramCarrier carrier(LaunchRequest request);

        /** Starts a machine with what carries its program. */
        LibvirtInstance launch(LaunchRequest request, PhaseRecorder phases, byte[] carried) throws LaunchException;
    }

    GuestObservation(
            TargetDefinition definition,
            PreparedImage image,
            RuntimeEnvironment runtime,
            Hypervisor hypervisor,
            LabView lab,
            Machines machines) {
        this.definition = definition;
        this.image = image;
        this.runtime = runtime;
        this.hypervisor = hypervisor;
        this.proven = new ProvenDisks(lab.cacheDirectory());
        this.machines = machines;
    }

    Observation observe(LaunchRequest request) throws TargetException {
        try {
            String key = proofKey();
            TreeManifest.@Nullable SizedFile file =
                    WriteTrial.file(image.manifest()).orElse(null);
            ProvenDisks.@Nullable Proof known = proven.find(key);
            if (known != null && known.treeDigest().equals(image.treeDigest())) {
                return observation(
                        request, look(request, Observer.program(), null, file), known.treeDigest(), known.at(), file);
            }
            Seen seen = look(request, Observer.program(), "digest", file);
            String digest = seen.manifest().strip();
            Observation observation = observation(request, seen, digest, null, file);
            if (digest.equals(image.treeDigest())) {
                proven.remember(key, digest);
            }
            return observation;
        } catch (IOException e) {
            throw unobservable(String.valueOf(e.getMessage()));
        }
    }

    private String proofKey() throws IOException {
        List<String> emulator = new ArrayList<>();
        String disk;
        if (SharedRoot.is(definition)) {
            disk = TreeManifest.of(image.tree()).digest();
            emulator.add(Sha256.of(LibvirtPlace.requireServer()));
        } else {
            disk = Sha256.of(image.disk());
        }
        emulator.addAll(List.of(
                hypervisor.facts().getOrDefault("hypervisor", ""),
                definition.option(LibvirtDriver.MACHINE),
                definition.option(LibvirtDriver.CPU),
                hypervisor.kvm() ? "kvm" : "tcg"));
        return ProvenDisks.key(
                disk,
                hypervisor.booted(),
                hypervisor.initramfs().withObservation(new byte[0], Observer.program()),
                emulator);
    }

    private Observation observation(
            LaunchRequest request,
            Seen seen,
            String treeDigest,
            @Nullable Instant treeReadAt,
            TreeManifest.@Nullable SizedFile file)
            throws TargetException {
        Observer.Seen told = Observer.parse(seen.output());
        if (told == null) {
            throw unobservable(
                    seen.failure().isEmpty()
                            ? "the observer printed: " + seen.output().strip()
                            : seen.failure());
        }
        return new Observation(
                told.identity(treeDigest, treeReadAt, Double.MAX_VALUE, Long.MAX_VALUE),
                () -> look(request, Observer.program(), "text", null).manifest(),
                file == null
                        ? null
                        : WriteTrial.parse(seen.told(), file.path(), file.bytes())
                                .orElse(null));
    }

    /**
     * Holds what an observing machine left.
     *
     * @param output what the observer printed
     * @param manifest what was listed of the tree
     * @param told all that init told
     * @param failure the step of init that failed, in words; empty where none did
     */
    private record Seen(String output, String manifest, String told, String failure) {}

    /** Runs a program in the place of the workload's executable, and returns what it prints. */
    String standIn(LaunchRequest request, byte[] program) throws TargetException {
        Seen seen = look(request, program, null, null);
        if (!seen.failure().isEmpty()) {
            throw unobservable(seen.failure());
        }
        return seen.output();
    }

    private Seen look(
            LaunchRequest request, byte[] standIn, @Nullable String form, TreeManifest.@Nullable SizedFile file)
            throws TargetException {
        ByteArrayOutputStream output = new ByteArrayOutputStream();
        LaunchRequest listening = new LaunchRequest(
                request.name(), request.address(), request.log(), piece -> output.writeBytes(piece.bytes()));
        try {
            byte[] carried = machines.carrier(request)
                    .withObservation(
                            machines.program(request)
                                    .observe(image.config(), runtime, form, file == null ? null : file.path()),
                            standIn);
            try (LibvirtInstance instance = machines.launch(listening, new PhaseRecorder(), carried)) {
                String unbooted = hypervisor.classic() == null ? "" : instance.awaitUnit(BOOT_TIMEOUT);
                if (!unbooted.isEmpty()) {
                    throw new TargetException(
                            definition.name(),
                            unbooted,
                            "Check that its disk boots with firmware: "
                                    + LibvirtDriver.firmware(definition).label()
                                    + ", speaks on the first serial port and has room",
                            null);
                }
                LibvirtInstance.@Nullable Remains remains = instance.awaitRecord(TIMEOUT);
                if (remains == null) {
                    throw unobservable("no end within ten minutes");
                }
                return new Seen(
                        output.toString(StandardCharsets.UTF_8), remains.manifest(), remains.told(), remains.failure());
            }
        } catch (IOException | LaunchException e) {
            throw unobservable(String.valueOf(e.getMessage()));
        }
    }

    private TargetException unobservable(String problem) {
        return new TargetException(
                definition.name(),
                "cannot observe the workload from inside: " + problem,
                "Check workload.command, workload.user and limits.memory",
                null);
    }
}
