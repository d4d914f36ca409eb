package dev.bench.measure.build;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.image.BuildContext;
import dev.bench.measure.ScenarioView;
import dev.bench.workload.ImageSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Declares and reads the settings of builds. */
final class BuildKeys {
    private static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,39}";
    private static final String EXAMPLE = "such as `source: {append: app.py}`";

    private static final Key<String> APPEND =
            Key.of("append", Forms.text(), "A file at whose end text is added; from the Dockerfile's directory.");
    private static final Key<String> TEXT =
            Key.of("text", Forms.scalar(), "What is added, with append; a line feed where it is left out.");
    private static final Key<String> REPLACE = Key.of(
            "replace", Forms.text(), "A file that gets the content of another; from the Dockerfile's directory.");
    private static final Key<String> WITH =
            Key.of("with", Forms.text(), "The other file, with replace; from the scenario's directory.");
    private static final Key<String> TOUCH =
            Key.of("touch", Forms.text(), "A file that gets another time; from the Dockerfile's directory.");

    private static final List<String> KINDS = List.of(APPEND.name(), REPLACE.name(), TOUCH.name());

    private static final Keys CHANGE =
            Keys.of(APPEND, TEXT, REPLACE, WITH, TOUCH).exactlyOneOf(KINDS);

    private static final Key<YamlMap> CHANGES = Key.of(
                    "changes",
                    Forms.named(
                            "is not a name for a change; give lower-case letters, digits and hyphens",
                            name -> name.matches(NAME_PATTERN),
                            "^" + NAME_PATTERN + "$",
                            CHANGE),
                    "Names of changes, each with what is done to a file; the first gives the metrics without a name.")
            .required("name at least one, " + EXAMPLE);

    private static final Key<Boolean> START = Key.of(
                    "start", Forms.flag(), "Whether an instance is started after every change, for build.to_ready_ms.")
            .byDefault(true);

    static final Key<YamlMap> BUILD =
            Key.of("build", Forms.mapping(Keys.of(CHANGES, START)), "How builds are measured; with measure: build.");

    private final YamlMap changes;
    private final ScenarioView scenario;
    private final @Nullable Path directory;

    private BuildKeys(YamlMap changes, ScenarioView scenario) {
        this.changes = changes;
        this.scenario = scenario;
        this.directory = scenario.image() instanceof ImageSource.Dockerfile dockerfile
                        && Files.isDirectory(dockerfile.directory())
                ? dockerfile.directory()
                : null;
    }

    /** Reads the settings; what is built is what the workload's image names. */
    static BuildSettings read(YamlMap map, ScenarioView scenario) {
        if (scenario.workload().has("image") && !(scenario.image() instanceof ImageSource.Dockerfile)) {
            scenario.workload().reject("image", "is not built from a Dockerfile; with measure: build give dockerfile");
        }
        YamlMap changes = CHANGES.in(map);
        if (changes.keys().isEmpty() && map.has(CHANGES.name())) {
            map.reject(CHANGES.name(), "is empty; name at least one, " + EXAMPLE);
        }
        return new BuildSettings(new BuildKeys(changes, scenario).all(), START.in(map));
    }

    private List<Change> all() {
        List<Change> all = new ArrayList<>();
        for (String name : changes.keys()) {
            YamlMap map = CHANGE.check(changes.map(name));
            List<String> given = KINDS.stream().filter(map::has).toList();
            changes.one(name, given, KINDS, "change").ifPresent(kind -> all.add(change(name, kind, map)));
        }
        return all;
    }

    private Change change(String name, String kind, YamlMap map) {
        for (Key<?> only : List.of(TEXT, WITH)) {
            String goesWith = only == TEXT ? APPEND.name() : REPLACE.name();
            if (map.has(only.name()) && !kind.equals(goesWith)) {
                map.reject(only.name(), "goes with " + goesWith + " only");
            }
        }
        String file = map.text(kind, "");
        requireTouched(map, kind, file);
        Path with = kind.equals(REPLACE.name()) ? with(map, file) : null;
        String text = kind.equals(APPEND.name()) ? Objects.requireNonNullElse(TEXT.find(map), "\n") : "";
        if (kind.equals(APPEND.name()) && text.isEmpty()) {
            map.reject(TEXT.name(), "is empty, so nothing would change; give what is to be added");
        }
        return new Change(name, Change.Kind.valueOf(kind.toUpperCase(Locale.ROOT)), file, text, with);
    }

    /** A change to what no build ever sees would be measured as one that costs nothing. */
    private void requireTouched(YamlMap map, String key, String file) {
        if (directory == null) {
            return;
        }
        Path path = directory.resolve(file).normalize();
        if (file.startsWith("/") || !path.startsWith(directory) || !Files.isRegularFile(path)) {
            map.reject(key, "touches nothing: there is no file " + file + " in " + directory);
            return;
        }
        try {
            if (!path.toRealPath().equals(directory.toRealPath().resolve(directory.relativize(path)))) {
                map.reject(key, file + " is reached through a symbolic link; name the file that it leads to");
            }
            if (new BuildContext(directory).leavesOut(directory.relativize(path).toString())) {
                map.reject(key, "touches nothing: .dockerignore leaves " + file + " out of the build");
            }
        } catch (IOException e) {
            map.reject(key, "cannot be looked up: " + e.getMessage());
        }
    }

    private @Nullable Path with(YamlMap map, String file) {
        String name = WITH.find(map);
        if (name == null) {
            map.reject(REPLACE.name(), "says not with what; give `with:` and a file");
            return null;
        }
        Path path = scenario.directory().resolve(name).normalize();
        if (!Files.isRegularFile(path)) {
            map.reject(WITH.name(), path + " is not a file; paths are taken from " + scenario.directory());
        } else if (directory != null && isSame(path, directory.resolve(file))) {
            map.reject(WITH.name(), "has the content that " + file + " has already, so nothing would change");
        }
        return path;
    }

    private static boolean isSame(Path file, Path other) {
        try {
            return Files.isRegularFile(other) && Files.mismatch(file, other) < 0;
        } catch (IOException e) {
            return false;
        }
    }
}
