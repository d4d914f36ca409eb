package dev.bench.target;

import java.nio.file.Path;

/**
 * Says what is delivered, and by way of which registry.
 *
 * @param server the registry, as {@code HOST:PORT}, asked without TLS
 * @param repository name of the repository for this target alone
 * @param first directory whose files are put over the image's own to make the first release
 * @param changed directory whose files take their place in the release after it
 * @param name unique in the run, of letters, digits, full stops and hyphens: what is made for it is called so
 */
public record DeliveryRequest(String server, String repository, Path first, Path changed, String name) {
    /** Returns the directory of a release's own files. */
    public Path files(ImageDelivery.Release release) {
        return switch (release) {
            case FIRST -> first;
            case CHANGED -> changed;
        };
    }
}
