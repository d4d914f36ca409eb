package dev.bench.image.origin;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.YamlMap;
import dev.bench.host.Sha256;
import dev.bench.image.Dockerfile;
import dev.bench.image.EngineImages;
import dev.bench.image.ImageOrigin;
import dev.bench.image.OriginChoice;
import dev.bench.image.OriginWork;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Has the container engine build images. */
public final class DockerfileOrigin implements ImageOrigin {
    private static final String FILE = "Dockerfile";
    private static final int TAG_DIGITS = 16;

    private static final Key<String> DOCKERFILE = Key.of("dockerfile", Forms.text(), "A directory with a Dockerfile.")
            .required("give a path")
            .byDefault("");

    private static final OriginChoice BASES =
            new OriginChoice(List.of(new DebianOrigin(), new OciOrigin(), new ArchiveOrigin()));

    private static final Key<YamlMap> BASE =
            Key.of("base", BASES.form(), "The image that the Dockerfile's ARG BASE names, with dockerfile.");

    @Override
    public String id() {
        return DOCKERFILE.name();
    }

    @Override
    public Class<ImageSource.Dockerfile> sourceType() {
        return ImageSource.Dockerfile.class;
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(DOCKERFILE, BASE);
    }

    @Override
    public ImageSource read(YamlMap image, Path directory) {
        Path context = NamedPaths.directory(image, DOCKERFILE, directory);
        if (Files.isDirectory(context) && !Files.exists(context.resolve(FILE))) {
            image.reject(DOCKERFILE.name(), context + " holds no file " + FILE);
        }
        return new ImageSource.Dockerfile(
                context,
                image.has(BASE.name()) ? BASES.read(BASE, image, directory).orElse(null) : null);
    }

    @Override
    public String description(ImageSource source) {
        return "of the Dockerfile in " + directory(source);
    }

    @Override
    public String remedy() {
        return "Check that 'docker build' of that directory succeeds";
    }

    /** Returns the image that the engine builds now: it alone knows whether anything has changed. */
    @Override
    public String key(ImageSource source, OriginWork work) throws IOException {
        Path directory = directory(source);
        ImageSource.Dockerfile dockerfile = (ImageSource.Dockerfile) source;
        ImageSource.Dockerfile.Recipe written = dockerfile.recipe();
        if (!Files.isRegularFile(directory.resolve(written.file()))) {
            throw new IOException("there is no file " + written.file() + " in it");
        }
        ImageSource base = dockerfile.base();
        ImageSource.Dockerfile.Recipe recipe =
                base == null ? written : written.with(Dockerfile.BASE, work.reference(base));
        work.say("building " + description(source));
        boolean usual = written.equals(ImageSource.Dockerfile.Recipe.USUAL);
        String name = Sha256.of(usual ? directory.toString() : directory + " " + written)
                .substring(0, TAG_DIGITS);
        return EngineKey.of(work.engine().build(directory, recipe, EngineImages.BUILT + ":" + name));
    }

    @Override
    public Path obtain(ImageSource source, String key, Path archive, Path scratch, OriginWork work) throws IOException {
        return EngineKey.save(key, description(source), scratch, work);
    }

    private static Path directory(ImageSource source) {
        return ((ImageSource.Dockerfile) source).directory();
    }
}
