package dev.bench.image.origin;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.image.ImageOrigin;
import dev.bench.image.OriginWork;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** Builds images of a Debian suite on this host. */
public final class DebianOrigin implements ImageOrigin {
    private static final Key<String> DEBIAN = Key.of("debian", Forms.text(), "A Debian suite, built on this host.")
            .required("give a suite such as bookworm")
            .byDefault("");
    private static final Key<List<String>> PACKAGES = Key.of(
                    "packages", Forms.texts("[nginx-light]"), "Packages to install, with debian.")
            .byDefault(List.of());
    private static final Key<String> FILES = Key.of(
                    "files", Forms.text(), "A directory copied over the tree, with debian.")
            .byDefault("");

    @Override
    public String id() {
        return DEBIAN.name();
    }

    @Override
    public Class<ImageSource.Debian> sourceType() {
        return ImageSource.Debian.class;
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(DEBIAN, PACKAGES, FILES);
    }

    @Override
    public ImageSource read(YamlMap image, Path directory) {
        return new ImageSource.Debian(
                DEBIAN.in(image),
                PACKAGES.in(image),
                image.has(FILES.name()) ? NamedPaths.directory(image, FILES, directory) : null);
    }

    /** Gives a bare suite the packages and the files of the image that it is held against. */
    @Override
    public ImageSource completed(ImageSource source, ImageSource other) {
        ImageSource.Debian debian = (ImageSource.Debian) source;
        return other instanceof ImageSource.Debian judged && debian.packages().isEmpty() && debian.files() == null
                ? new ImageSource.Debian(debian.suite(), judged.packages(), judged.files())
                : debian;
    }

    @Override
    public String description(ImageSource source) {
        ImageSource.Debian debian = (ImageSource.Debian) source;
        return "of Debian " + debian.suite()
                + (debian.packages().isEmpty() ? "" : " with " + String.join(", ", debian.packages()));
    }

    @Override
    public String remedy() {
        return "Check the suite and the packages' names, and that this host reaches its Debian mirror";
    }

    @Override
    public String key(ImageSource source, OriginWork work) throws IOException {
        return DebianBuilder.key((ImageSource.Debian) source);
    }

    @Override
    public Path obtain(ImageSource source, String key, Path archive, Path scratch, OriginWork work) throws IOException {
        work.say("building " + description(source));
        DebianBuilder.build((ImageSource.Debian) source, archive, scratch);
        return archive;
    }
}
