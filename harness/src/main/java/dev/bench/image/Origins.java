package dev.bench.image;

import com.fasterxml.jackson.databind.jsontype.NamedType;
import dev.bench.workload.ImageSource;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/** Finds the places that images come from. Safe for use by several threads. */
public final class Origins {
    private static final List<ImageOrigin> ALL = ServiceLoader.load(ImageOrigin.class).stream()
            .map(ServiceLoader.Provider::get)
            .toList();

    /** Where an image comes from that is named by a bare reference. */
    public static final String BY_DEFAULT = "oci";

    private Origins() {}

    /** Returns every origin, in the order in which they are registered. */
    public static List<ImageOrigin> all() {
        return ALL;
    }

    /** Finds an origin by its name; empty where there is none. */
    public static Optional<ImageOrigin> find(String id) {
        return ALL.stream().filter(origin -> origin.id().equals(id)).findFirst();
    }

    /** Returns the origin of a source, which this version has read. */
    public static ImageOrigin of(ImageSource source) {
        return ALL.stream()
                .filter(origin -> origin.sourceType().isInstance(source))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no origin has sources such as " + source));
    }

    /** Returns the classes of all sources by the names of their origins, for whoever reads a plan from JSON. */
    public static NamedType[] sourceTypes() {
        return ALL.stream()
                .map(origin -> new NamedType(origin.sourceType(), origin.id()))
                .toArray(NamedType[]::new);
    }
}
