package dev.bench.image.origin;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.image.ImageArchive;
import dev.bench.image.ImageOrigin;
import dev.bench.image.OriginWork;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Takes images from files. */
public final class ArchiveOrigin implements ImageOrigin {
    private static final Key<String> ARCHIVE = Key.of(
                    "archive", Forms.text(), "A file: docker save output or an OCI layout.")
            .required("give a path")
            .byDefault("");

    @Override
    public String id() {
        return ARCHIVE.name();
    }

    @Override
    public Class<ImageSource.Archive> sourceType() {
        return ImageSource.Archive.class;
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(ARCHIVE);
    }

    @Override
    public ImageSource read(YamlMap image, Path directory) {
        Path path = NamedPaths.path(image, ARCHIVE, directory);
        if (!Files.isDirectory(path)) {
            return new ImageSource.Archive(NamedPaths.file(image, ARCHIVE, directory));
        }
        if (!Files.exists(path.resolve("index.json"))) {
            image.reject(ARCHIVE.name(), path + " is a directory, but no OCI image layout: it holds no index.json");
        }
        return new ImageSource.Archive(path);
    }

    @Override
    public String description(ImageSource source) {
        return "archive " + file(source);
    }

    @Override
    public String remedy() {
        return "Name an image for this host: a file written by 'docker save', or an OCI image layout";
    }

    /**
     * Returns the image itself where an archive says at once which it holds. One that is compressed is told by what the
     * kernel says of the file: whoever puts another in its place can set any time but that of the change.
     */
    @Override
    public String key(ImageSource source, OriginWork work) throws IOException {
        Path file = file(source);
        if (!Files.exists(file)) {
            throw new IOException("there is no such file");
        }
        if (ImageArchive.isCompressed(file)) {
            Map<String, Object> status = Files.readAttributes(file, "unix:dev,ino,size,lastModifiedTime,ctime");
            return "archive " + file + " " + new TreeMap<>(status);
        }
        try (ImageArchive image = ImageArchive.open(file, work.lookups())) {
            return IMAGE_KEY + image.configDigest();
        }
    }

    @Override
    public Path obtain(ImageSource source, String key, Path archive, Path scratch, OriginWork work) {
        return file(source);
    }

    private static Path file(ImageSource source) {
        return ((ImageSource.Archive) source).file();
    }
}
