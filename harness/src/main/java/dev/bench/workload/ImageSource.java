package dev.bench.workload;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import dev.bench.result.SortedMaps;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says where an image comes from. Each origin of images has a class of its own, which is stored by the origin's name;
 * whoever reads it from JSON registers those of all origins.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "type")
public interface ImageSource {
    /** Returns the image as a person would name it. */
    String describe();

    /**
     * Names an image of a Debian suite with packages, built on this host.
     *
     * @param suite release name, such as {@code bookworm}
     * @param packages package names to install beside the base
     * @param files a directory whose content is copied over the tree, owned by root, absolute; null for none
     */
    record Debian(
            String suite, List<String> packages, @Nullable Path files) implements ImageSource {
        public Debian {
            packages = List.copyOf(packages);
        }

        @Override
        public String describe() {
            return "debian " + suite + (packages.isEmpty() ? "" : " + " + String.join(" ", packages));
        }
    }

    /**
     * Names an image by reference: taken from the engine where it has it, else pulled.
     *
     * @param reference such as {@code nginx:1.27-alpine}
     */
    record Oci(String reference) implements ImageSource {
        @Override
        public String describe() {
            return reference;
        }
    }

    /**
     * Names an archive: {@code docker save} output or an OCI layout, plain or compressed, or a directory in OCI layout.
     *
     * @param file absolute path
     */
    record Archive(Path file) implements ImageSource {
        @Override
        public String describe() {
            return "archive " + file.getFileName();
        }
    }

    /**
     * Names a directory with a Dockerfile to build.
     *
     * @param directory absolute path of the build context
     * @param base the image whose reference the build's argument {@code BASE} gets; null for none
     * @param recipe what of it is built, and how
     */
    record Dockerfile(Path directory, @Nullable ImageSource base, Recipe recipe) implements ImageSource {
        /** Names a directory with a file called Dockerfile. */
        public Dockerfile(Path directory, @Nullable ImageSource base) {
            this(directory, base, Recipe.USUAL);
        }

        /** Names a directory whose Dockerfile says itself what it builds on. */
        public Dockerfile(Path directory) {
            this(directory, null);
        }

        /**
         * Says what is built.
         *
         * @param file path of the Dockerfile, relative to the directory
         * @param target the stage to build; empty for the last
         * @param arguments for the Dockerfile's ARG instructions
         */
        public record Recipe(String file, String target, Map<String, String> arguments) {
            /** The last stage of a file called Dockerfile. */
            public static final Recipe USUAL = new Recipe("Dockerfile", "", Map.of());

            public Recipe {
                arguments = SortedMaps.copyOf(arguments);
            }

            /** Returns the same with one more argument. */
            public Recipe with(String name, String value) {
                Map<String, String> more = new HashMap<>(arguments);
                more.put(name, value);
                return new Recipe(file, target, more);
            }
        }

        @Override
        public String describe() {
            return "dockerfile " + directory.getFileName();
        }
    }
}
