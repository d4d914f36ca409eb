package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.Commands;
import dev.bench.host.Sha256;
import dev.bench.result.FileFault;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Makes images ready for every substrate, once each: in the container engine, as a file tree with its manifest, and as a
 * disk.
 *
 * <p>An image's files are in {@code CACHE/images/DIGEST}, which appears complete or not at all. Several processes may
 * use one cache at once, and several threads one store. Needs root.
 */
public final class ImageStore {
    private static final String TAG = "bench-image:";
    private static final String IMAGE_KEY = "image ";
    private static final int LAYER_BUFFER = 256 << 10;
    private static final int TAG_DIGITS = 16;
    private static final String NO_SPACE = "No space left on device";
    private static final long LEAST_SPACE = 4 << 20;
    private static final String TEMPORARY = ".tmp-";
    private static final String TREE_DIGEST = "tree.sha256";
    private static final ReentrantLock BUILDING = new ReentrantLock();

    private final Path images;
    private final Path sources;
    private final Path locks;
    private final EngineImages engine;

    /**
     * Creates a store.
     *
     * @param cacheDirectory made when first needed; on a file system with extended attributes and device nodes
     * @param engine where containers get their image from
     */
    public ImageStore(Path cacheDirectory, EngineImages engine) {
        Path absolute = cacheDirectory.toAbsolutePath().normalize();
        this.images = absolute.resolve("images");
        this.sources = absolute.resolve("sources");
        this.locks = absolute.resolve("locks");
        this.engine = engine;
    }

    /**
     * Makes an image ready; a matter of milliseconds where it has been before.
     *
     * @param overrides what the scenario says instead of the image's own configuration
     * @param progress takes a line for every step that may take seconds
     * @throws ImageException if the image cannot be had, is damaged or unsafe, or cannot run as asked
     */
    public PreparedImage prepare(ImageSource source, ConfigOverrides overrides, Consumer<String> progress)
            throws ImageException {
        try {
            Files.createDirectories(images);
            Files.createDirectories(sources);
            Files.createDirectories(locks);
            String key = key(source, progress);
            String digest = known(key);
            if (digest == null) {
                digest = buildLocked(source, key, progress);
            }
            if (source instanceof ImageSource.Oci oci) {
                remember(referenceKey(oci), digest);
            }
            PreparedImage image = prepared(source, digest, tag(digest), overrides);
            bringIntoEngine(digest, progress);
            return image;
        } catch (IOException e) {
            throw new ImageException(
                    "cannot prepare the image " + description(source) + ": " + reason(e) + ". " + remedy(source, e), e);
        }
    }

    /**
     * Removes what builds of processes that are no more left behind.
     *
     * @return how many were removed
     */
    public int removeLeftovers() throws ImageException {
        if (!Files.isDirectory(images)) {
            return 0;
        }
        int removed = 0;
        try (DirectoryStream<Path> directories = Files.newDirectoryStream(images, TEMPORARY + "*")) {
            for (Path directory : directories) {
                if (!isOfLiveProcess(directory.getFileName().toString())) {
                    PosixFiles.removeTree(PosixFiles.byteString(directory));
                    removed++;
                }
            }
        } catch (IOException e) {
            throw new ImageException(
                    "cannot remove what a dead build left in " + images + ": " + reason(e)
                            + ". Remove it by hand, and run again",
                    e);
        }
        return removed;
    }

    /** Returns the engine's name of an image with a configuration. */
    static String tag(byte[] config) {
        return tag(Sha256.of(config));
    }

    private static String tag(String digest) {
        return TAG + digest.substring(0, TAG_DIGITS);
    }

    /** Returns what tells the image that a source means at this moment from every other. */
    private String key(ImageSource source, Consumer<String> progress) throws IOException {
        if (source instanceof ImageSource.Debian debian) {
            return DebianBuilder.key(debian);
        }
        if (source instanceof ImageSource.Archive archive) {
            return archiveKey(archive.file());
        }
        if (source instanceof ImageSource.Dockerfile dockerfile) {
            if (!Files.isRegularFile(dockerfile.directory().resolve("Dockerfile"))) {
                throw new IOException("there is no file Dockerfile in it");
            }
            progress.accept("building " + description(source));
            return "id "
                    + engine.build(
                            dockerfile.directory(),
                            "bench-build:"
                                    + Sha256.of(dockerfile.directory().toString())
                                            .substring(0, TAG_DIGITS));
        }
        if (source instanceof ImageSource.Oci oci) {
            if (!engine.has(oci.reference())) {
                if (known(referenceKey(oci)) != null) {
                    progress.accept("using the cached copy of " + oci.reference());
                    return referenceKey(oci);
                }
                progress.accept("pulling " + oci.reference());
                engine.pull(oci.reference());
            }
            return "id " + engine.id(oci.reference());
        }
        throw new IllegalArgumentException("unknown kind of source: " + source);
    }

    /**
     * Returns the image itself where an archive says at once which it holds. One that is compressed is told by what the
     * kernel says of the file: whoever puts another in its place can set any time but that of the change.
     */
    private String archiveKey(Path file) throws IOException {
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        if (ImageArchive.isCompressed(file)) {
            Map<String, Object> status = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
            return "archive " + file + " " + new TreeMap<>(status);
        }
        try (ImageArchive image = ImageArchive.open(file, sources)) {
            return IMAGE_KEY + image.configDigest();
        }
    }

    private static String referenceKey(ImageSource.Oci oci) {
        return "oci " + oci.reference();
    }

    private @Nullable String known(String key) throws IOException {
        if (key.startsWith(IMAGE_KEY)) {
            String digest = key.substring(IMAGE_KEY.length());
            return Files.isDirectory(images.resolve(digest)) ? digest : null;
        }
        Path file = sources.resolve(Sha256.of(key));
        if (!Files.exists(file)) {
            return null;
        }
        String digest = Files.readString(file, UTF_8);
        return Files.isDirectory(images.resolve(digest)) ? digest : null;
    }

    private void remember(String key, String digest) throws IOException {
        if (digest.equals(known(key))) {
            return; // also of an image that is its own key
        }
        Path temporary = Files.createTempFile(sources, TEMPORARY, "");
        Files.writeString(temporary, digest, UTF_8);
        Files.move(temporary, sources.resolve(Sha256.of(key)), StandardCopyOption.ATOMIC_MOVE);
    }

    private String buildLocked(ImageSource source, String key, Consumer<String> progress)
            throws IOException, ImageException {
        BUILDING.lock(); // a file lock is the whole process's
        try (FileChannel channel = FileChannel.open(
                        locks.resolve(Sha256.of(key)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            String digest = known(key);
            if (digest == null) {
                removeLeftovers();
                digest = build(source, key, progress);
                remember(key, digest);
            }
            if (!lock.isValid()) {
                throw new IOException("the lock " + locks + " was lost");
            }
            return digest;
        } finally {
            BUILDING.unlock();
        }
    }

    private String build(ImageSource source, String key, Consumer<String> progress) throws IOException {
        spreadDirectories();
        Path temporary = temporaryDirectory();
        String bytes = PosixFiles.byteString(temporary);
        try {
            Path scratch = Files.createDirectory(temporary.resolve("scratch"));
            Path archive = temporary.resolve("archive.tar");
            String digest = source instanceof ImageSource.Debian debian
                    ? buildDebian(debian, archive, temporary, scratch, progress)
                    : take(source, key, archive, temporary, scratch, progress);
            PosixFiles.removeTree(PosixFiles.byteString(scratch));
            try {
                Files.move(temporary, images.resolve(digest), StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(images.resolve(digest))) {
                    throw e;
                }
                PosixFiles.removeTree(bytes); // the same image by another name
            }
            return digest;
        } catch (IOException | RuntimeException e) {
            // asked before anything is removed; a tool on a full disk may not even have said why it failed
            boolean full = Files.getFileStore(images).getUsableSpace() < LEAST_SPACE;
            try {
                PosixFiles.removeTree(bytes);
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            if (full) {
                throw new IOException(NO_SPACE + " (" + e.getMessage() + ")", e);
            }
            throw e;
        }
    }

    /**
     * Asks ext4 to put every image in a part of the disk of its own.
     *
     * <p>Otherwise a new tree comes to lie where another has just been removed, and ext4 looks at every inode freed in the
     * last minutes before it takes a new one: unpacking 9,000 files takes 6.5 s instead of 0.6 s.
     */
    private void spreadDirectories() {
        try {
            ExternalTool.run("e2fsprogs", Commands.AT_ONCE, Map.of(), List.of("chattr", "+T", images.toString()));
        } catch (IOException e) {
            // another file system, which has no such attribute and needs none
        }
    }

    private Path temporaryDirectory() throws IOException {
        Path directory = Files.createTempDirectory(images, TEMPORARY + ownName() + "-");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
        return directory;
    }

    private String buildDebian(
            ImageSource.Debian debian, Path archive, Path target, Path scratch, Consumer<String> progress)
            throws IOException {
        progress.accept("building " + description(debian));
        Path elsewhere = temporaryDirectory(); // what is removed from it must not slow the unpacking
        try {
            DebianBuilder.build(debian, archive, elsewhere);
        } finally {
            PosixFiles.removeTree(PosixFiles.byteString(elsewhere));
        }
        return unpack(archive, target, scratch, progress);
    }

    /**
     * Takes an image from where it is, and unpacks it while it is also written as an archive that names it by our own
     * tag and no other.
     */
    private String take(
            ImageSource source, String key, Path archive, Path target, Path scratch, Consumer<String> progress)
            throws IOException {
        Path original;
        if (source instanceof ImageSource.Archive given) {
            original = given.file();
        } else {
            progress.accept("reading " + description(source) + " from the container engine");
            original = scratch.resolve("saved.tar");
            engine.save(key.substring("id ".length()), original);
        }
        try (ImageArchive image = ImageArchive.open(original, Files.createDirectory(scratch.resolve("look")))) {
            if (Files.isDirectory(images.resolve(image.configDigest()))) {
                return image.configDigest(); // the same image by another name
            }
        }
        PosixFiles.removeTree(PosixFiles.byteString(scratch.resolve("look")));
        Path copyScratch = Files.createDirectory(scratch.resolve("copy"));
        CompletableFuture<Void> copy = inBackground(() -> {
            try (ImageArchive image = ImageArchive.open(original, copyScratch)) {
                ArchiveWriter.write(archive, image.config(), image.layers(copyScratch), tag(image.configDigest()));
            }
        });
        try {
            return unpack(original, target, scratch, progress);
        } finally {
            join(copy);
        }
    }

    private static String unpack(Path archive, Path target, Path scratch, Consumer<String> progress)
            throws IOException {
        progress.accept("unpacking the image, and making a disk of it");
        try (ImageArchive image = ImageArchive.open(archive, scratch)) {
            byte[] config = image.config();
            Files.write(target.resolve("config.json"), config);
            Path tree = Files.createDirectories(tree(target));
            // a tree with set-user-ID programs is nothing to leave open to the host's other users
            Files.setPosixFilePermissions(sealed(target), PosixFilePermissions.fromString("rwx------"));
            List<String> layerDigests = image.layerDigests();
            try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(tree), image.limit())) {
                for (int i = 0; i < image.layerCount(); i++) {
                    MessageDigest digest = Sha256.begin();
                    try (InputStream layer =
                            new BufferedInputStream(new DigestInputStream(image.layer(i), digest), LAYER_BUFFER)) {
                        builder.apply(layer);
                        layer.transferTo(OutputStream.nullOutputStream());
                    }
                    String found = "sha256:" + HexFormat.of().formatHex(digest.digest());
                    if (!layerDigests.isEmpty() && !layerDigests.get(i).equals(found)) {
                        throw new IOException("its layer " + (i + 1) + " is damaged: its digest is " + found
                                + ", and the image's configuration says " + layerDigests.get(i));
                    }
                }
                builder.addMissingDirectories(ImageConfigReader.directoriesOfEngine(config));
                builder.finish();
            }
            CompletableFuture<Void> disk = inBackground(
                    () -> DiskBuilder.build(tree, target.resolve("disk.qcow2"), scratch, image.configDigest()));
            TreeManifest manifest;
            try {
                manifest = TreeManifest.of(tree);
            } finally {
                join(disk);
            }
            Files.writeString(target.resolve("manifest"), manifest.text(), UTF_8);
            Files.writeString(target.resolve(TREE_DIGEST), manifest.digest(), UTF_8);
            return image.configDigest();
        }
    }

    /** Is a piece of work on files. */
    private interface FileWork {
        void run() throws IOException;
    }

    private static CompletableFuture<Void> inBackground(FileWork work) {
        return CompletableFuture.runAsync(() -> {
            try {
                work.run();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    private static void join(CompletableFuture<Void> task) throws IOException {
        try {
            task.join();
        } catch (CompletionException e) {
            if (e.getCause() instanceof UncheckedIOException io && io.getCause() != null) {
                throw io.getCause();
            }
            throw e;
        }
    }

    private void bringIntoEngine(String digest, Consumer<String> progress) throws IOException {
        String tag = tag(digest);
        if (engine.has(tag)) {
            return;
        }
        String id = "sha256:" + digest;
        if (!engine.has(id)) {
            progress.accept("loading the image into the container engine");
            engine.load(images.resolve(digest).resolve("archive.tar"));
        }
        if (!engine.has(tag)) {
            if (!engine.has(id)) {
                throw new IOException("the container engine took the image's archive, but has no image " + id);
            }
            engine.tag(id, tag);
        }
    }

    private PreparedImage prepared(ImageSource source, String digest, String reference, ConfigOverrides overrides)
            throws ImageException, IOException {
        Path directory = images.resolve(digest);
        Path tree = tree(directory);
        ImageConfig config = ImageConfigReader.read(Files.readAllBytes(directory.resolve("config.json")), overrides);
        if (config.argv().isEmpty()) {
            throw new ImageException("the image " + description(source)
                    + " has neither ENTRYPOINT nor CMD. Say what to run in it as workload.command");
        }
        Path workingDirectory = TreePaths.resolve(tree, config.workingDirectory());
        if (workingDirectory == null || !Files.isDirectory(workingDirectory)) {
            throw new ImageException("the image " + description(source) + " has no directory "
                    + config.workingDirectory() + ". Name one that it has as workload.workdir");
        }
        RuntimeEnvironment runtime;
        try {
            runtime = RuntimeEnvironment.of(config, tree);
        } catch (ImageException e) {
            throw new ImageException("the image " + description(source) + " cannot run as asked: " + e.getMessage(), e);
        }
        refuseForeign(source, directory, ProgramMachine.of(tree, runtime.executable()), runtime.executable());
        return new PreparedImage(
                "sha256:" + digest,
                reference,
                tree,
                treeDigest(directory),
                directory.resolve("manifest"),
                directory.resolve("disk.qcow2"),
                config);
    }

    /**
     * Refuses an image for another architecture than this host's. What counts is the program that is to run: engines run an
     * image whose label alone is wrong, as cross-building leaves it.
     */
    private static void refuseForeign(ImageSource source, Path directory, @Nullable String machine, String executable)
            throws ImageException, IOException {
        String here = ImageArchive.architecture();
        String label = ImageConfigReader.architecture(Files.readAllBytes(directory.resolve("config.json")));
        boolean runs = machine == null
                ? label.isEmpty() || label.equals(here)
                : machine.equals(here) || (machine.equals("386") && here.equals("amd64"));
        if (!runs) {
            throw new ImageException(
                    "the image " + description(source) + " is for " + (machine == null ? label : machine)
                            + (machine == null ? "" : ", which is what its program " + executable + " is")
                            + ", and this host is " + here + ". Name an image for " + here);
        }
    }

    /** Reads the digest of the tree; an image that was made before there was this one has only its manifest. */
    private static String treeDigest(Path directory) throws IOException {
        Path file = directory.resolve(TREE_DIGEST);
        return Files.exists(file)
                ? Files.readString(file, UTF_8)
                : new TreeManifest(Files.readString(directory.resolve("manifest"), UTF_8)).digest();
    }

    private static Path sealed(Path directory) {
        return directory.resolve("sealed");
    }

    private static Path tree(Path directory) {
        return sealed(directory).resolve("tree");
    }

    private static String ownName() {
        ProcessHandle self = ProcessHandle.current();
        return self.pid() + "-" + startMillis(self);
    }

    private static boolean isOfLiveProcess(String name) {
        String[] parts = name.substring(TEMPORARY.length()).split("-", 3);
        if (parts.length < 3 || !parts[0].matches("[0-9]{1,9}")) {
            return false;
        }
        Optional<ProcessHandle> process = ProcessHandle.of(Long.parseLong(parts[0]));
        return process.isPresent() && Long.toString(startMillis(process.get())).equals(parts[1]);
    }

    private static long startMillis(ProcessHandle process) {
        return process.info().startInstant().map(Instant::toEpochMilli).orElse(0L);
    }

    private static String description(ImageSource source) {
        if (source instanceof ImageSource.Debian debian) {
            return "of Debian " + debian.suite()
                    + (debian.packages().isEmpty() ? "" : " with " + String.join(", ", debian.packages()));
        }
        if (source instanceof ImageSource.Archive archive) {
            return "archive " + archive.file();
        }
        if (source instanceof ImageSource.Dockerfile dockerfile) {
            return "of the Dockerfile in " + dockerfile.directory();
        }
        if (source instanceof ImageSource.Oci oci) {
            return oci.reference();
        }
        throw new IllegalArgumentException("unknown kind of source: " + source);
    }

    private static String reason(IOException e) {
        if (e instanceof EOFException) {
            return "it is cut short";
        }
        String message = e instanceof FileSystemException file
                ? file.getFile() + ": " + FileFault.reason(e)
                : FileFault.reason(e);
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private String remedy(ImageSource source, IOException e) {
        if (isOutOfSpace(e)) {
            return "The disk that holds " + images + " is full: free some space, or name another cache directory";
        }
        if (e instanceof TreeBuilder.RefusedEntryException) {
            return "No engine should run such an image; build it anew, or take another";
        }
        if (e instanceof UnpackingLimit.ExceededException) {
            return "Take another image, or one that is saved uncompressed and without holes";
        }
        if (source instanceof ImageSource.Debian) {
            return "Check the suite and the packages' names, and that this host reaches its Debian mirror";
        }
        if (source instanceof ImageSource.Archive) {
            return "Name an image for this host: a file written by 'docker save', or an OCI image layout";
        }
        if (source instanceof ImageSource.Dockerfile) {
            return "Check that 'docker build' of that directory succeeds";
        }
        return "Check the reference, that its registry can be reached, or load the image into the engine first";
    }

    private boolean isOutOfSpace(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            String message = cause.getMessage();
            if (message != null
                    && (message.contains(NO_SPACE)
                            || message.contains("Could not allocate block")
                            || message.contains("Disk quota exceeded"))) {
                return true;
            }
        }
        return false;
    }
}
