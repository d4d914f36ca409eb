package dev.bench.image;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Says where the files of one image are.
 *
 * @param directory what holds them all
 */
record ImageFiles(Path directory) {
    /** The image in {@code docker save} format, by our own tag. */
    Path archive() {
        return directory.resolve("archive.tar");
    }

    /** The image's configuration, byte for byte. */
    Path config() {
        return directory.resolve("config.json");
    }

    /** What its layers hold; not there before somebody asks. */
    Path layers() {
        return directory.resolve("layers.json");
    }

    /** A directory that root alone may enter. */
    Path sealed() {
        return directory.resolve("sealed");
    }

    /** The file tree. */
    Path tree() {
        return sealed().resolve("tree");
    }

    /** What the tree holds, as text. */
    Path manifest() {
        return directory.resolve("manifest");
    }

    /** A disk with the tree. */
    Path disk() {
        return directory.resolve("disk.qcow2");
    }

    /** The digest of the tree; an image that was made before there was this file has only its manifest. */
    Path treeDigestFile() {
        return directory.resolve("tree.sha256");
    }

    /** Returns the digest of the tree. */
    String treeDigest() throws IOException {
        return Files.exists(treeDigestFile())
                ? Files.readString(treeDigestFile(), UTF_8)
                : new TreeManifest(Files.readString(manifest(), UTF_8)).digest();
    }
}
