package dev.bench.libvirt;

import dev.bench.guest.GuestBind;
import dev.bench.guest.GuestMount;
import dev.bench.guest.StackProgram;
import dev.bench.host.FileTrees;
import dev.bench.image.DiskBuilder;
import dev.bench.image.TreePaths;
import dev.bench.result.FailureKind;
import dev.bench.target.LaunchException;
import dev.bench.workload.Mount;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Holds what services mount: a volume is a disk of its own, filled with what the image has at its directory; one that
 * machines share is a directory of the host, and so is a bound directory that may be written to, both by virtiofs. Whatever
 * else is bound is copied onto a disk. All of it is made for one trial and removed after it.
 */
final class StackData implements AutoCloseable {
    private static final String CONTENT = "data";
    private static final int USUAL_MODE = 01777;

    private final Path directory;
    private final Map<String, Volume> volumes = new LinkedHashMap<>();
    private int files;

    /**
     * Holds a volume.
     *
     * @param place the disk, or the directory of one that machines share
     * @param shared whether machines share it
     */
    private record Volume(Path place, boolean shared) {}

    /**
     * Says what a machine has for its services.
     *
     * @param disks files of disks, raw
     * @param shares directories of the host
     * @param mounts where it mounts all of these
     * @param binds what each service mounts of that, by its name
     */
    record Attached(
            List<Path> disks,
            List<DomainData.Share> shares,
            List<GuestMount> mounts,
            Map<String, List<GuestBind>> binds) {}

    private StackData(Path directory) {
        this.directory = directory;
    }

    /**
     * Makes the volumes.
     *
     * @param directory for everything; made and removed here
     * @param machines the services that run in each machine
     * @throws LaunchException where a volume cannot be had; nothing of it remains then
     */
    static StackData make(Path directory, Stack stack, Map<String, PreparedImage> images, List<List<Service>> machines)
            throws LaunchException {
        StackData data = new StackData(directory);
        try {
            Files.createDirectories(directory);
            for (Service service : stack.services()) {
                for (Mount mount : service.mounts()) {
                    String key = key(service, mount);
                    if (mount.kind() == Mount.Kind.VOLUME && !data.volumes.containsKey(key)) {
                        data.volumes.put(key, data.volume(key, stack, images, users(key, machines)));
                    }
                }
            }
            return data;
        } catch (IOException e) {
            data.close();
            throw new LaunchException(
                    FailureKind.ENGINE, "cannot make the volumes of " + stack.name() + ": " + e.getMessage(), e);
        } catch (LaunchException e) {
            data.close();
            throw e;
        }
    }

    /** Returns what tells volumes apart: one without a name is of its service and directory. */
    private static String key(Service service, Mount mount) {
        return mount.source().isEmpty() ? service.name() + ":" + mount.directory() : mount.source();
    }

    private static List<List<Service>> users(String key, List<List<Service>> machines) {
        return machines.stream()
                .filter(services -> services.stream()
                        .anyMatch(service -> service.mounts().stream()
                                .anyMatch(mount -> mount.kind() == Mount.Kind.VOLUME
                                        && key(service, mount).equals(key))))
                .toList();
    }

    private Volume volume(String key, Stack stack, Map<String, PreparedImage> images, List<List<Service>> users)
            throws IOException, LaunchException {
        boolean shared = users.size() > 1;
        if (shared && LibvirtPlace.server().isEmpty()) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the volume " + key + " is mounted by " + users.size()
                            + " machines, which takes the program virtiofsd, and this host has not it. Run `bench setup`, or"
                            + " give the target machines: one",
                    null);
        }
        Path staging = directory.resolve("volume-" + volumes.size());
        Files.createDirectory(staging);
        Path first = firstContent(key, stack, images);
        if (first == null) {
            Files.createDirectory(staging.resolve(CONTENT));
        } else {
            FileTrees.copy(first, staging.resolve(CONTENT));
        }
        return new Volume(shared ? staging : disk(staging, key), shared);
    }

    /** Returns what a volume begins with: the directory of the first service that has something in it there. */
    private static @Nullable Path firstContent(String key, Stack stack, Map<String, PreparedImage> images)
            throws IOException {
        Path first = null;
        for (Service service : stack.services()) {
            PreparedImage image = images.get(service.name());
            for (Mount mount : service.mounts()) {
                Path found = image == null
                                || mount.kind() != Mount.Kind.VOLUME
                                || !key(service, mount).equals(key)
                        ? null
                        : TreePaths.resolve(image.tree(), mount.directory());
                if (found == null || !Files.isDirectory(found)) {
                    continue;
                }
                if (!isEmpty(found)) {
                    return found;
                }
                first = first == null ? found : first;
            }
        }
        return first;
    }

    private static boolean isEmpty(Path directory) throws IOException {
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            return !entries.iterator().hasNext();
        }
    }

    /** Makes a disk of a directory, which it takes the place of. */
    private static Path disk(Path staging, String identity) throws IOException {
        Path disk = staging.resolveSibling(staging.getFileName() + ".raw");
        DiskBuilder.buildRaw(staging, disk, identity);
        FileTrees.delete(staging);
        return disk;
    }

    /**
     * Returns what a machine has for its services.
     *
     * @param roots how many disks it has before these
     * @throws LaunchException where something that is bound cannot be had in a machine
     */
    Attached attach(List<Service> services, int roots) throws LaunchException {
        return new Attachment(roots).of(services);
    }

    /** Counts the devices of one machine. */
    private final class Attachment {
        private final int roots;
        private final List<Path> disks = new ArrayList<>();
        private final List<DomainData.Share> shares = new ArrayList<>();
        private final List<GuestMount> mounts = new ArrayList<>();
        private final List<Path> copied = new ArrayList<>();
        /** Where the machine has a volume or a shared directory. */
        private final Map<Path, String> places = new LinkedHashMap<>();

        Attachment(int roots) {
            this.roots = roots;
        }

        Attached of(List<Service> services) throws LaunchException {
            Map<String, List<GuestBind>> binds = new LinkedHashMap<>();
            try {
                for (Service service : services) {
                    List<GuestBind> own = new ArrayList<>();
                    for (Mount mount : service.mounts()) {
                        own.add(bind(service, mount));
                    }
                    binds.put(service.name(), own);
                }
                if (!copied.isEmpty()) {
                    disks.add(copies());
                    mounts.add(new GuestMount(device(), StackProgram.DATA + "/files", "ext4"));
                }
            } catch (IOException e) {
                throw new LaunchException(
                        FailureKind.ENGINE, "cannot make a disk of what services mount: " + e.getMessage(), e);
            }
            if (roots + disks.size() + shares.size() > DomainData.MOST_DEVICES) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "a machine of " + services.size() + " services would have "
                                + (roots + disks.size() + shares.size())
                                + " disks and shared directories, and can have "
                                + DomainData.MOST_DEVICES + ". Give the target machines: each, or mount less",
                        null);
            }
            return new Attached(disks, shares, mounts, binds);
        }

        private GuestBind bind(Service service, Mount mount) throws IOException, LaunchException {
            return switch (mount.kind()) {
                case TMPFS ->
                    new GuestBind(
                            GuestBind.Kind.TMPFS,
                            String.format(Locale.ROOT, "mode=%o", mount.mode() == 0 ? USUAL_MODE : mount.mode())
                                    + (mount.bytes() == 0 ? "" : ",size=" + mount.bytes()),
                            mount.directory(),
                            mount.readOnly());
                case VOLUME -> {
                    Volume volume = volumes.get(key(service, mount));
                    if (volume == null) {
                        throw new IllegalStateException("no volume was made for " + mount);
                    }
                    String place = volume.shared() ? share(volume.place()) : disk(volume.place());
                    yield new GuestBind(
                            GuestBind.Kind.DIRECTORY, place + "/" + CONTENT, mount.directory(), mount.readOnly());
                }
                case BIND -> bound(service, mount);
            };
        }

        private GuestBind bound(Service service, Mount mount) throws LaunchException {
            Path source = Path.of(mount.source());
            if (!Files.isDirectory(source) && !Files.isRegularFile(source)) {
                throw new LaunchException(
                        FailureKind.ENGINE,
                        "the service " + service.name() + " mounts " + source + ", which "
                                + (Files.exists(source) ? "is neither a file nor a directory" : "does not exist")
                                + ": a machine cannot have it. Take it out of the Compose file, or measure containers only",
                        null);
            }
            if (Files.isDirectory(source)
                    && !mount.readOnly()
                    && LibvirtPlace.server().isPresent()) {
                return new GuestBind(GuestBind.Kind.DIRECTORY, share(source), mount.directory(), false);
            }
            int number = copied.indexOf(source);
            if (number < 0) {
                number = copied.size();
                copied.add(source);
            }
            return new GuestBind(
                    Files.isDirectory(source) ? GuestBind.Kind.DIRECTORY : GuestBind.Kind.FILE,
                    StackProgram.DATA + "/files/" + number,
                    mount.directory(),
                    mount.readOnly());
        }

        private Path copies() throws IOException {
            Path staging = directory.resolve("files-" + files++);
            Files.createDirectory(staging);
            for (int number = 0; number < copied.size(); number++) {
                // What a link leads to is bound, not the link.
                FileTrees.copy(copied.get(number).toRealPath(), staging.resolve(Integer.toString(number)));
            }
            return StackData.disk(staging, directory.toString());
        }

        private String disk(Path disk) {
            return places.computeIfAbsent(disk, added -> {
                disks.add(added);
                String place = StackProgram.DATA + "/" + places.size();
                mounts.add(new GuestMount(device(), place, "ext4"));
                return place;
            });
        }

        private String share(Path shared) {
            return places.computeIfAbsent(shared, added -> {
                String tag = "share" + shares.size();
                shares.add(new DomainData.Share(added, tag));
                String place = StackProgram.DATA + "/" + places.size();
                mounts.add(new GuestMount(tag, place, DomainData.SHARE_TYPE));
                return place;
            });
        }

        /** Returns the guest's name of the disk that was added last. */
        private String device() {
            return StackData.device(roots + disks.size() - 1);
        }
    }

    /** Returns the guest's name of a disk, by its place among them. */
    static String device(int index) {
        return "/dev/vd" + (char) ('a' + index);
    }

    /** Returns the kernel modules that a guest needs beside the usual ones to share directories. */
    static List<String> modules() {
        return List.of(DomainData.SHARE_TYPE);
    }

    @Override
    public void close() {
        try {
            FileTrees.delete(directory);
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
