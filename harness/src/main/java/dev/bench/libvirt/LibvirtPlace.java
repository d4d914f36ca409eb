package dev.bench.libvirt;

import dev.bench.guest.GuestMount;
import dev.bench.host.FileTrees;
import dev.bench.image.DiskBuilder;
import dev.bench.image.ImageException;
import dev.bench.result.FailureKind;
import dev.bench.target.Event;
import dev.bench.target.Instance;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.OptionFault;
import dev.bench.target.OptionSpec;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.Place;
import dev.bench.target.PlaceRequest;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.libvirt.LibvirtException;

/** Is where virtual machines keep data: their root disk's overlay, a disk of its own, or a directory of the host. */
final class LibvirtPlace implements Place {
    static final String KEY = "place";
    private static final String LAYER = "layer";
    private static final String DISK = "disk";
    private static final String VIRTIOFS = "virtiofs";
    private static final String FORMAT = "format";
    private static final String RAW = "raw";
    private static final String CACHE = "cache";

    static final List<OptionSpec> OPTIONS = List.of(
            new OptionSpec(
                    KEY,
                    OptionSpec.Type.CHOICE,
                    List.of(LAYER, DISK, VIRTIOFS),
                    LAYER,
                    "Where data is kept, where storage is measured: in the root disk's overlay, on a disk of its own, or in"
                            + " a directory of the host."),
            new OptionSpec(
                    FORMAT,
                    OptionSpec.Type.CHOICE,
                    List.of(RAW, "qcow2"),
                    "",
                    "Format of the disk, with place: disk; raw where none is given."),
            new OptionSpec(
                    CACHE,
                    OptionSpec.Type.CHOICE,
                    List.of("writeback", "none"),
                    "",
                    "QEMU's cache mode of the disk that holds the data; writeback where none is given."));

    /** Where Debian keeps the program that serves a directory, before and after it became a package of its own. */
    private static final List<Path> SERVERS = List.of(
            Path.of("/usr/libexec/virtiofsd"),
            Path.of("/usr/lib/qemu/virtiofsd"),
            Path.of("/usr/libexec/qemu/virtiofsd"));

    private final LibvirtTarget target;
    private final String kind;
    private final DomainData data;
    private final @Nullable Path made;
    private final long bytes;
    private final List<Target> connections = new ArrayList<>();
    private @Nullable Path overlay;

    private LibvirtPlace(LibvirtTarget target, String kind, DomainData data, @Nullable Path made, long bytes) {
        this.target = target;
        this.kind = kind;
        this.data = data;
        this.made = made;
        this.bytes = bytes;
    }

    /** Returns what is wrong with options that do not go together. */
    static Optional<OptionFault> fault(TargetDefinition definition) {
        String kind = definition.option(KEY);
        if (!kind.equals(DISK) && !definition.option(FORMAT).isEmpty()) {
            return Optional.of(new OptionFault(FORMAT, "goes with place: disk only"));
        }
        if (kind.equals(VIRTIOFS) && !definition.option(CACHE).isEmpty()) {
            return Optional.of(new OptionFault(CACHE, "goes with place: layer and place: disk only"));
        }
        return Optional.empty();
    }

    /** Returns what keeps it from being a file system of its trial: disks and their overlays always are. */
    static Optional<OptionFault> notFresh(TargetDefinition definition) {
        return shares(definition)
                ? Optional.of(OptionFault.notFresh(KEY, VIRTIOFS, "disk or layer"))
                : Optional.empty();
    }

    /** Returns what of this host serves guests its directories, empty where there is no such program. */
    static Optional<Path> server() {
        return SERVERS.stream().filter(Files::isExecutable).findFirst();
    }

    /** Returns the same, which has to be there. */
    static Path requireServer() throws IOException {
        return server().orElseThrow(
                        () -> new IOException("this host has not the program virtiofsd; run `bench setup`"));
    }

    /** Returns whether a target shares a directory of the host with its guests. */
    static boolean shares(TargetDefinition definition) {
        return definition.option(KEY).equals(VIRTIOFS);
    }

    /** Returns how much data it can hold: the image's own disk is made with so much room left. */
    static long capacity(TargetDefinition definition) {
        return definition.option(KEY).equals(LAYER) ? DiskBuilder.LEAST_HEADROOM * 3 / 4 : Long.MAX_VALUE;
    }

    static LibvirtPlace open(LibvirtTarget target, PlaceRequest request, Path workDirectory) throws LaunchException {
        TargetDefinition definition = target.definition();
        String kind = definition.option(KEY);
        String cache = definition.option(CACHE);
        Path made = workDirectory.resolve("place-" + request.name());
        try {
            return switch (kind) {
                case DISK -> {
                    String format = definition.option(FORMAT).isEmpty() ? RAW : definition.option(FORMAT);
                    DiskBuilder.buildEmpty(made, request.bytes(), format);
                    yield new LibvirtPlace(
                            target, kind, new DomainData(cache, made, format, null), made, request.bytes());
                }
                case VIRTIOFS -> {
                    Files.createDirectories(made);
                    yield new LibvirtPlace(target, kind, new DomainData("", null, "", made), made, request.bytes());
                }
                default -> new LibvirtPlace(target, kind, new DomainData(cache, null, "", null), null, request.bytes());
            };
        } catch (IOException e) {
            discard(made);
            throw new LaunchException(FailureKind.ENGINE, "cannot make a place for data: " + e.getMessage(), e);
        }
    }

    /** Returns how the machine's definition says it. */
    DomainData data() {
        return data;
    }

    /** Returns what a guest mounts. */
    List<GuestMount> mounts() {
        return switch (kind) {
            case DISK -> List.of(new GuestMount("/dev/vdb", DIRECTORY, "ext4"));
            case VIRTIOFS -> List.of(new GuestMount(DomainData.SHARE_TAG, DIRECTORY, DomainData.SHARE_TYPE));
            default -> List.of();
        };
    }

    /** Returns the kernel modules a guest needs beside the usual ones. */
    List<String> modules() {
        return kind.equals(VIRTIOFS) ? List.of(DomainData.SHARE_TYPE) : List.of();
    }

    /** Hears of the root disk's overlay of a machine that is being started. */
    void starts(Path rootOverlay) {
        overlay = rootOverlay;
    }

    @Override
    public String describe() {
        String mode = data.cache().isEmpty() ? "writeback" : data.cache();
        return switch (kind) {
            case DISK -> "ext4 on a " + data.format() + " disk of its own, cache mode " + mode;
            case VIRTIOFS -> "a directory of the host, by virtiofs";
            default -> "ext4 on the root disk's qcow2 overlay, cache mode " + mode;
        };
    }

    @Override
    public boolean isRoot() {
        return kind.equals(LAYER);
    }

    @Override
    public Target target(List<String> argv) throws LaunchException {
        try {
            return target.with(this, argv);
        } catch (IOException | ImageException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot run this image: " + e.getMessage(), e);
        }
    }

    @Override
    public List<Path> below() {
        Path file = made == null ? overlay : made;
        return file == null ? List.of() : List.of(file);
    }

    @Override
    public Optional<Instance> after(Event event, Instance ended, Target launcher, LaunchRequest request)
            throws LaunchException {
        LibvirtInstance machine = (LibvirtInstance) ended;
        switch (event) {
            case RESTART -> {
                machine.leave();
                return Optional.of(launcher.launch(request.named(ended.name()), new PhaseRecorder()));
            }
            case REBOOT -> {
                return afterReboot(machine, (LibvirtTarget) launcher, request);
            }
            case REMOVAL -> machine.close();
            case REMOVAL_WITH_VOLUMES -> {
                machine.close();
                renew();
            }
        }
        return Optional.of(launcher.launch(request, new PhaseRecorder()));
    }

    private Optional<Instance> afterReboot(LibvirtInstance ended, LibvirtTarget launcher, LaunchRequest request)
            throws LaunchException {
        try {
            Optional<LibvirtTarget> anew = launcher.anew();
            if (anew.isEmpty()) {
                return Optional.empty();
            }
            connections.add(anew.get());
            ended.leave();
            return Optional.of(anew.get().launch(request.named(ended.name()), new PhaseRecorder()));
        } catch (LibvirtException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "libvirt gives no second connection: " + e.getMessage() + ". Run `bench doctor`",
                    e);
        }
    }

    /** Removes the disk and makes another; a shared directory is none of the machine's own. */
    private void renew() throws LaunchException {
        if (made == null || Files.isDirectory(made)) {
            return;
        }
        discard(made);
        try {
            DiskBuilder.buildEmpty(made, bytes, data.format());
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot make a place for data: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        connections.forEach(Target::close);
        connections.clear();
        if (made != null) {
            discard(made);
        }
    }

    private static void discard(Path made) {
        try {
            if (Files.isDirectory(made)) {
                FileTrees.delete(made);
            } else {
                Files.deleteIfExists(made);
            }
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
