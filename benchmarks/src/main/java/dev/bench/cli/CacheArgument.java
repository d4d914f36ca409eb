package dev.bench.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Holds the option that names the cache. */
final class CacheArgument {
    static final String DEFAULT = "/var/cache/bench";

    @Option(
            names = "--cache",
            paramLabel = "DIR",
            defaultValue = DEFAULT,
            converter = Directory.class,
            description = "Where images and the private engine's data are kept (default: ${DEFAULT-VALUE}).")
    private Path path = Path.of(DEFAULT);

    /** Returns the absolute path. */
    Path path() {
        return path.toAbsolutePath().normalize();
    }

    /**
     * Takes a directory that every engine can keep its data in.
     *
     * <p>The options of an overlay file system are divided by commas and colons, and know quotes and backslashes, wherever they
     * come from; containerd takes a percent sign for the begin of a number.
     */
    static final class Directory implements ITypeConverter<Path> {
        private static final Pattern REFUSED = Pattern.compile("[,:\"\\\\%\\p{Cntrl}]");

        @Override
        public Path convert(String value) {
            Path path = Path.of(value);
            for (Path name : new Path[] {path.toAbsolutePath().normalize(), real(path.toAbsolutePath())}) {
                Matcher refused = REFUSED.matcher(name.toString());
                if (refused.find()) {
                    throw new TypeConversionException("the engines cannot keep their data below '"
                            + name.toString().replaceAll("\\p{Cntrl}", "?")
                            + "': their mount options know no "
                            + word(refused.group())
                            + ". Name a directory without commas, colons, double quotes, backslashes, percent signs and"
                            + " control characters");
                }
            }
            return path;
        }

        private static String word(String character) {
            return Character.isISOControl(character.charAt(0)) ? "control character" : "'" + character + "'";
        }

        /** Follows links as far as there is something; the engines do so too. */
        private static Path real(Path path) {
            Path existing = path;
            while (existing.getParent() != null && !Files.exists(existing)) {
                existing = existing.getParent();
            }
            try {
                return existing.toRealPath().resolve(existing.relativize(path)).normalize();
            } catch (IOException e) {
                // What stands in the way is told by whoever needs the directory.
                return path;
            }
        }
    }
}
