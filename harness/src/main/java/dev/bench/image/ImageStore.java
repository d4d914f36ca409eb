package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.Commands;
import dev.bench.host.Sha256;
import dev.bench.result.FileFault;
import dev.bench.result.ImageLayer;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.PreparedImage;
import java.io.EOFException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.DirectoryStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Keeps images ready for every substrate, made once each: in the container engine, as a file tree with its manifest, and
 * as a disk. Where they come from is their {@link ImageOrigin}'s matter.
 *
 * <p>An image's files are in {@code CACHE/images/DIGEST}, which appears complete or not at all. Several processes may
 * use one cache at once, and several threads one store. Needs root.
 */
public final class ImageStore {
    private static final String NO_SPACE = "No space left on device";
    private static final long LEAST_SPACE = 4 << 20;
    private static final String TEMPORARY = ".tmp-";
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
        return prepare(source, overrides, progress, false);
    }

    /**
     * Makes the image of a service ready, whose working directory is made where the image lacks it, or lies in a mount.
     *
     * @param overrides what the service says instead of the image's own configuration
     * @param progress takes a line for every step that may take seconds
     * @throws ImageException if the image cannot be had, is damaged or unsafe, or cannot run as asked
     */
    public PreparedImage prepareService(ImageSource source, ConfigOverrides overrides, Consumer<String> progress)
            throws ImageException {
        return prepare(source, overrides, progress, true);
    }

    private PreparedImage prepare(
            ImageSource source, ConfigOverrides overrides, Consumer<String> progress, boolean makesDirectory)
            throws ImageException {
        ImageOrigin origin = Origins.of(source);
        try {
            Files.createDirectories(images);
            Files.createDirectories(sources);
            Files.createDirectories(locks);
            OriginWork work = work(progress);
            String key = origin.key(source, work);
            String digest = known(key);
            if (digest == null) {
                digest = buildLocked(source, key, work);
            }
            Optional<String> alias = origin.alias(source);
            if (alias.isPresent()) {
                remember(alias.get(), digest);
            }
            PreparedImage image = new PreparedImages(files(digest), origin.description(source))
                    .prepared(digest, overrides, makesDirectory);
            bringIntoEngine(digest, work);
            return image;
        } catch (IOException e) {
            throw new ImageException(
                    "cannot prepare the image " + origin.description(source) + ": " + reason(e) + ". "
                            + remedy(origin, e),
                    e);
        }
    }

    /** Returns the layers of an image that was prepared here, lowest first; none where its archive cannot be read again. */
    public List<ImageLayer> layers(PreparedImage image) {
        try {
            Path scratch = temporaryDirectory();
            try {
                return ImageLayers.of(files(image.digest().replaceFirst("^sha256:", "")), scratch);
            } finally {
                remove(scratch);
            }
        } catch (IOException e) {
            // They are shown, and nothing depends on them.
            return List.of();
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
                    remove(directory);
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

    private OriginWork work(Consumer<String> progress) {
        return new OriginWork() {
            @Override
            public EngineImages engine() {
                return engine;
            }

            @Override
            public Path lookups() {
                return sources;
            }

            @Override
            public void say(String step) {
                progress.accept(step);
            }

            @Override
            public boolean knows(String key) throws IOException {
                return known(key) != null;
            }

            @Override
            public String reference(ImageSource source) throws IOException {
                try {
                    return prepare(source, ConfigOverrides.none(), progress).engineReference();
                } catch (ImageException e) {
                    throw new IOException(e.getMessage(), e);
                }
            }
        };
    }

    private ImageFiles files(String digest) {
        return new ImageFiles(images.resolve(digest));
    }

    private @Nullable String known(String key) throws IOException {
        if (key.startsWith(ImageOrigin.IMAGE_KEY)) {
            String digest = key.substring(ImageOrigin.IMAGE_KEY.length());
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

    private String buildLocked(ImageSource source, String key, OriginWork work) throws IOException, ImageException {
        BUILDING.lock(); // a file lock is the whole process's
        try (FileChannel channel = FileChannel.open(
                        locks.resolve(Sha256.of(key)), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock lock = channel.lock()) {
            String digest = known(key);
            if (digest == null) {
                removeLeftovers();
                digest = build(source, key, work);
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

    private String build(ImageSource source, String key, OriginWork work) throws IOException {
        spreadDirectories();
        Path temporary = temporaryDirectory();
        Path elsewhere = temporaryDirectory(); // what is removed from it must not slow the unpacking
        try {
            String digest = fill(new ImageFiles(temporary), elsewhere, source, key, work);
            remove(elsewhere);
            try {
                Files.move(temporary, images.resolve(digest), StandardCopyOption.ATOMIC_MOVE);
            } catch (FileSystemException e) {
                if (!Files.isDirectory(images.resolve(digest))) {
                    throw e;
                }
                remove(temporary); // the same image by another name
            }
            return digest;
        } catch (IOException | RuntimeException e) {
            // asked before anything is removed; a tool on a full disk may not even have said why it failed
            boolean full = Files.getFileStore(images).getUsableSpace() < LEAST_SPACE;
            for (Path unfinished : List.of(temporary, elsewhere)) {
                try {
                    remove(unfinished);
                } catch (IOException suppressed) {
                    e.addSuppressed(suppressed);
                }
            }
            if (full) {
                throw new IOException(NO_SPACE + " (" + e.getMessage() + ")", e);
            }
            throw e;
        }
    }

    /** Makes the files of an image, or none where they are there by another name; returns the digest. */
    private String fill(ImageFiles target, Path elsewhere, ImageSource source, String key, OriginWork work)
            throws IOException {
        Path original = Origins.of(source).obtain(source, key, target.archive(), elsewhere, work);
        Path scratch = Files.createDirectory(target.directory().resolve("scratch"));
        String digest;
        try (ImageArchive image = ImageArchive.open(original, scratch)) {
            digest = image.configDigest();
        }
        if (Files.isDirectory(images.resolve(digest))) {
            return digest;
        }
        work.say("unpacking the image, and making a disk of it");
        ImageUnpacker unpacker = new ImageUnpacker(target, scratch);
        if (original.equals(target.archive())) {
            unpacker.unpack(original);
        } else {
            unpacker.take(original);
        }
        remove(scratch);
        return digest;
    }

    private static void remove(Path directory) throws IOException {
        PosixFiles.removeTree(PosixFiles.byteString(directory));
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

    private void bringIntoEngine(String digest, OriginWork work) throws IOException {
        String tag = ImageTag.of(digest);
        if (engine.has(tag)) {
            return;
        }
        String id = "sha256:" + digest;
        if (!engine.has(id)) {
            work.say("loading the image into the container engine");
            engine.load(files(digest).archive());
        }
        if (!engine.has(tag)) {
            if (!engine.has(id)) {
                throw new IOException("the container engine took the image's archive, but has no image " + id);
            }
            engine.tag(id, tag);
        }
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

    private static String reason(IOException e) {
        if (e instanceof EOFException) {
            return "it is cut short";
        }
        String message = e instanceof FileSystemException file
                ? file.getFile() + ": " + FileFault.reason(e)
                : FileFault.reason(e);
        return message.endsWith(".") ? message.substring(0, message.length() - 1) : message;
    }

    private String remedy(ImageOrigin origin, IOException e) {
        if (isOutOfSpace(e)) {
            return "The disk that holds " + images + " is full: free some space, or name another cache directory";
        }
        if (e instanceof TreeBuilder.RefusedEntryException) {
            return "No engine should run such an image; build it anew, or take another";
        }
        if (e instanceof UnpackingLimit.ExceededException) {
            return "Take another image, or one that is saved uncompressed and without holes";
        }
        return origin.remedy();
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
