package dev.bench.host;

import java.util.List;

/**
 * Names the packages that have a piece of software.
 *
 * @param debian on Debian
 * @param ubuntu on Ubuntu
 */
public record Software(List<String> debian, List<String> ubuntu) {
    public Software {
        debian = List.copyOf(debian);
        ubuntu = List.copyOf(ubuntu);
    }

    /** Names packages that are called the same on every distribution. */
    public static Software of(String... packages) {
        return new Software(List.of(packages), List.of(packages));
    }

    /** Returns the packages; where the distribution is another, Debian's names say what to look for. */
    public List<String> packages(Distribution distribution) {
        return switch (distribution.family()) {
            case DEBIAN, OTHER -> debian;
            case UBUNTU -> ubuntu;
        };
    }
}
