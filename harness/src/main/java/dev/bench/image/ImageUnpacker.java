package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.bench.host.Sha256;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** Makes of an archive what every substrate starts from: configuration, file tree, manifest and disk. */
final class ImageUnpacker {
    private static final int LAYER_BUFFER = 256 << 10;

    private final ImageFiles target;
    private final Path scratch;

    /**
     * Creates an unpacker.
     *
     * @param target where the files of the image go
     * @param scratch an empty directory, for what is not to stay
     */
    ImageUnpacker(ImageFiles target, Path scratch) {
        this.target = target;
        this.scratch = scratch;
    }

    /** Unpacks an archive from elsewhere while it is also written as one that names the image by our own tag and no other. */
    void take(Path original) throws IOException {
        Path copyScratch = Files.createDirectory(scratch.resolve("copy"));
        CompletableFuture<Void> copy = inBackground(() -> {
            try (ImageArchive image = ImageArchive.open(original, copyScratch)) {
                ArchiveWriter.write(
                        target.archive(), image.config(), image.layers(copyScratch), ImageTag.of(image.configDigest()));
            }
        });
        try {
            unpack(original);
        } finally {
            join(copy);
        }
    }

    /** Unpacks an archive. */
    void unpack(Path archive) throws IOException {
        try (ImageArchive image = ImageArchive.open(archive, scratch)) {
            byte[] config = image.config();
            Files.write(target.config(), config);
            Path tree = Files.createDirectories(target.tree());
            // a tree with set-user-ID programs is nothing to leave open to the host's other users
            Files.setPosixFilePermissions(target.sealed(), PosixFilePermissions.fromString("rwx------"));
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
            CompletableFuture<Void> disk =
                    inBackground(() -> DiskBuilder.build(tree, target.disk(), scratch, image.configDigest()));
            TreeManifest manifest;
            try {
                manifest = TreeManifest.of(tree);
            } finally {
                join(disk);
            }
            Files.writeString(target.manifest(), manifest.text(), UTF_8);
            Files.writeString(target.treeDigestFile(), manifest.digest(), UTF_8);
        }
    }

    /** Does a piece of work on files. */
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
}
