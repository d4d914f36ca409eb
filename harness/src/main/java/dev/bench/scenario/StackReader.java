package dev.bench.scenario;

import dev.bench.compose.ComposeFile;
import dev.bench.grammar.Form;
import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Problem;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Readiness;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import dev.bench.workload.Workload;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Declares and reads a workload of several services, which a Compose file describes. For use by one thread, once. */
final class StackReader {
    static final Key<String> COMPOSE = Key.of(
                    "compose", Forms.text(), "A Compose file, whose services are launched; with measure: stack.")
            .required("give a Compose file, such as compose.yaml")
            .byDefault("");

    static final Key<String> FRONT = Key.of("front", Forms.text(), "The service that ready asks; with compose.")
            .required("name the service of the Compose file that ready asks")
            .byDefault("");

    private static final Form<YamlMap> IMAGE = ImageReader.WORKLOAD_IMAGE.form();

    static final Key<YamlMap> IMAGES = Key.of(
            "images",
            Forms.named(
                    "is empty; give an image reference as the Compose file has it",
                    name -> !name.isBlank(),
                    "\\S",
                    IMAGE.keys()),
            "Image references of the Compose file, each with where the image is taken from; with compose.");

    static final List<String> KEYS = List.of(COMPOSE.name(), FRONT.name(), IMAGES.name());

    private final YamlMap workload;
    private final Path directory;
    private final Map<String, String> environment;

    /**
     * Creates a reader.
     *
     * @param workload what is behind the scenario's key, checked
     * @param directory what paths are taken from, absolute
     * @param environment variables that the Compose file may name
     */
    StackReader(YamlMap workload, Path directory, Map<String, String> environment) {
        this.workload = workload;
        this.directory = directory;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Holds what was read.
     *
     * @param workload a stand-in where something is wrong
     * @param file the Compose file, absolute
     * @param problems what is wrong with that
     */
    record Read(Workload workload, Path file, List<Problem> problems) {
        Read {
            problems = List.copyOf(problems);
        }
    }

    /** Reads the workload. */
    Read read() {
        String written = COMPOSE.in(workload);
        String front = FRONT.in(workload);
        Map<String, ImageSource> images = images();
        Readiness readiness = ReadinessReader.read(workload);
        Path file = directory.resolve(written).normalize();
        if (written.isBlank() || front.isBlank()) {
            return new Read(none(readiness), file, List.of());
        }
        ComposeFile compose = new ComposeFile(file, environment);
        Optional<Stack> stack = compose.read(front, images);
        if (stack.isPresent()) {
            requireUsed(compose.references());
        }
        return new Read(
                stack.map(read -> workload(read, readiness)).orElseGet(() -> none(readiness)),
                file,
                compose.problems());
    }

    private Map<String, ImageSource> images() {
        Map<String, ImageSource> images = new LinkedHashMap<>();
        YamlMap map = IMAGES.find(workload);
        if (map != null) {
            for (String reference : map.keys()) {
                ImageReader.read(Key.of(reference, IMAGE, ""), map, directory)
                        .ifPresent(source -> images.put(reference, source));
            }
        }
        return images;
    }

    /** A reference that the file does not have is a mistyped one. */
    private void requireUsed(Set<String> references) {
        YamlMap map = workload.map(IMAGES.name());
        for (String reference : map.keys()) {
            if (!references.contains(reference)) {
                map.rejectKey(reference, "is no image of the Compose file, which has " + String.join(", ", references));
            }
        }
    }

    private static Workload workload(Stack stack, Readiness readiness) {
        Service front = stack.service(stack.front());
        return new Workload(front.image(), front.overrides(), readiness, stack);
    }

    private static Workload none(Readiness readiness) {
        return new Workload(ScenarioReader.NO_IMAGE, ConfigOverrides.none(), readiness);
    }
}
