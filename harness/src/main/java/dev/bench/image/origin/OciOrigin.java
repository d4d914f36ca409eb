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
import java.util.Optional;

/** Takes images by reference: from the engine where it has them, else from their registry. */
public final class OciOrigin implements ImageOrigin {
    private static final Key<String> OCI = Key.of(
                    "oci", Forms.text(), "A reference: taken from the engine, else pulled.")
            .required("give a reference such as nginx:1.27-alpine")
            .byDefault("");

    @Override
    public String id() {
        return OCI.name();
    }

    @Override
    public Class<ImageSource.Oci> sourceType() {
        return ImageSource.Oci.class;
    }

    @Override
    public List<Key<?>> keys() {
        return List.of(OCI);
    }

    @Override
    public ImageSource read(YamlMap image, Path directory) {
        return new ImageSource.Oci(OCI.in(image));
    }

    @Override
    public String description(ImageSource source) {
        return reference(source);
    }

    @Override
    public String remedy() {
        return "Check the reference, that its registry can be reached, or load the image into the engine first";
    }

    @Override
    public String key(ImageSource source, OriginWork work) throws IOException {
        String reference = reference(source);
        if (!work.engine().has(reference)) {
            if (work.knows(referenceKey(source))) {
                work.say("using the cached copy of " + reference);
                return referenceKey(source);
            }
            work.say("pulling " + reference);
            work.engine().pull(reference);
        }
        return EngineKey.of(work.engine().id(reference));
    }

    /** Returns a key for the time when the engine no longer has the image. */
    @Override
    public Optional<String> alias(ImageSource source) {
        return Optional.of(referenceKey(source));
    }

    @Override
    public Path obtain(ImageSource source, String key, Path archive, Path scratch, OriginWork work) throws IOException {
        return EngineKey.save(key, description(source), scratch, work);
    }

    private static String referenceKey(ImageSource source) {
        return "oci " + reference(source);
    }

    private static String reference(ImageSource source) {
        return ((ImageSource.Oci) source).reference();
    }
}
