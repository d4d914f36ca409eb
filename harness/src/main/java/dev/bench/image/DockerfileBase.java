package dev.bench.image;

import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/** Finds what a Dockerfile builds on. */
public final class DockerfileBase {
    private DockerfileBase() {}

    /**
     * Returns the image that is named beside the Dockerfile, else the one that its first FROM names.
     *
     * @throws ImageException where it cannot be read, or builds on nothing
     */
    public static ImageSource of(ImageSource.Dockerfile source) throws ImageException {
        if (source.base() != null) {
            return source.base();
        }
        try {
            List<String> bases =
                    Dockerfile.read(source.directory().resolve("Dockerfile")).bases(Map.of());
            if (bases.isEmpty()) {
                throw new ImageException("the Dockerfile in " + source.directory()
                        + " names no image to build on, or only by an ARG without a default. Name it as"
                        + " workload.image.base");
            }
            return new ImageSource.Oci(bases.get(0));
        } catch (IOException e) {
            throw new ImageException(
                    "cannot read the Dockerfile in " + source.directory() + ": " + e.getMessage() + ". Check the file",
                    e);
        }
    }
}
