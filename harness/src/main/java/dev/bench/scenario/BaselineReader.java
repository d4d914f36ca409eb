package dev.bench.scenario;

import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Problem;
import dev.bench.grammar.YamlMap;
import dev.bench.image.Origins;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Reads what a gate's baseline is, from a scenario or from the command line: an image, and options of targets. */
public final class BaselineReader {
    private static final String IMAGE = ImageReader.BASELINE_IMAGE.name();

    private final Map<String, OptionSpec> options = new LinkedHashMap<>();
    private final Path directory;
    private final ImageSource workload;

    /**
     * Creates a reader.
     *
     * @param drivers whose options a baseline may name
     * @param directory what paths are taken from, absolute
     * @param workload the image of what is judged; a Debian baseline without packages of its own has its packages
     */
    public BaselineReader(List<TargetDriver> drivers, Path directory, ImageSource workload) {
        options(drivers).forEach(option -> options.put(option.key(), option));
        this.directory = directory;
        this.workload = workload;
    }

    /**
     * Reads what the command line gives: {@code KEY=VALUE} each, an image as {@code oci:REF}, {@code archive:FILE},
     * {@code dockerfile:DIR}, {@code debian:SUITE} or a bare reference.
     *
     * @throws IllegalArgumentException with every fault, one a line
     */
    public Baseline parse(List<String> arguments) {
        Map<String, Object> written = new LinkedHashMap<>();
        for (String argument : arguments) {
            int equals = argument.indexOf('=');
            if (equals < 1 || equals == argument.length() - 1) {
                throw new IllegalArgumentException("--baseline '" + argument
                        + "' is not accepted; give KEY=VALUE with one of " + String.join(", ", keys().names()));
            }
            String key = argument.substring(0, equals);
            String value = argument.substring(equals + 1);
            if (written.put(key, key.equals(IMAGE) ? image(value) : value) != null) {
                throw new IllegalArgumentException("--baseline " + key + " is given twice; keep one");
            }
        }
        if (written.isEmpty()) {
            return Baseline.none();
        }
        List<Problem> problems = new ArrayList<>();
        Baseline baseline = read(keys().check(YamlMap.of(written, problems)));
        if (!problems.isEmpty()) {
            throw new IllegalArgumentException(String.join(
                    "\n",
                    problems.stream()
                            .map(problem -> "--baseline " + problem.key() + ": " + problem.message())
                            .toList()));
        }
        return baseline;
    }

    private static Map<String, String> image(String value) {
        int colon = value.indexOf(':');
        String source = colon < 0 ? "" : value.substring(0, colon);
        return ImageReader.SOURCES.contains(source)
                ? Map.of(source, value.substring(colon + 1))
                : Map.of(Origins.BY_DEFAULT, value);
    }

    /** Reads a mapping whose keys have been checked. */
    Baseline read(YamlMap map) {
        Map<String, String> values = new LinkedHashMap<>();
        options.forEach((key, option) -> {
            String value = map.has(key) ? OptionKeys.of(option).find(map) : null;
            if (value != null) {
                values.put(key, value);
            }
        });
        return new Baseline(
                map.has(IMAGE)
                        ? ImageReader.read(ImageReader.BASELINE_IMAGE, map, directory)
                                .map(image -> Origins.of(image).completed(image, workload))
                                .orElse(null)
                        : null,
                values);
    }

    /** Declares what this reader reads. */
    Keys keys() {
        return keys(options.values());
    }

    /** Declares what a baseline may name: an image, and the options of targets. */
    static Keys keys(Collection<OptionSpec> options) {
        List<Key<?>> keys = new ArrayList<>(List.of(ImageReader.BASELINE_IMAGE));
        options.forEach(option -> keys.add(OptionKeys.of(option)));
        return Keys.of(keys).notEmpty();
    }

    /** Returns the options of all drivers, each once; where two have one of the same name, that of the first. */
    static Collection<OptionSpec> options(List<TargetDriver> drivers) {
        Map<String, OptionSpec> options = new LinkedHashMap<>();
        drivers.forEach(driver -> driver.options().forEach(option -> options.putIfAbsent(option.key(), option)));
        return options.values();
    }
}
