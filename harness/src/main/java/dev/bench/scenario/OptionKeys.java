package dev.bench.scenario;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.grammar.Form;
import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Quantity;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.target.Faculty;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Declares and reads options of targets, as their drivers declare them. */
final class OptionKeys {
    private static final int LARGEST = 4096;

    private OptionKeys() {}

    /** Declares an engine with its options. */
    static Key<YamlMap> of(TargetDriver driver) {
        List<Key<?>> options =
                all(driver).map(OptionKeys::ofTarget).<Key<?>>map(key -> key).toList();
        return Key.of(
                driver.key(),
                Forms.mappingOrNothing(Keys.of(options)),
                "A " + driver.kind().label() + ".");
    }

    /** Declares one option of a target, with its default where it has one that does not depend on the host. */
    private static Key<String> ofTarget(OptionSpec option) {
        return option.defaultValue().isEmpty() ? of(option) : of(option).byDefault(option.defaultValue());
    }

    private static Stream<OptionSpec> all(TargetDriver driver) {
        return Stream.concat(driver.options().stream(), Faculty.options(driver).stream());
    }

    /** Declares one option without its default, which is kept as text. */
    static Key<String> of(OptionSpec option) {
        return Key.of(option.key(), form(option), option.description());
    }

    private static Form<String> form(OptionSpec option) {
        return switch (option.type()) {
            case TEXT -> Forms.scalar();
            case CHOICE -> Forms.choice(option.choices());
            case WHOLE_NUMBER -> new AsText<>(Forms.whole(1, LARGEST));
            case BOOLEAN -> new AsText<>(Forms.flag());
            case SIZE -> new AsText<>(Forms.quantity(Units.SIZE));
            case USER -> Forms.userNumbers();
            case PATH ->
                Forms.quantity(new Quantity<>(
                        "the absolute path of a file that exists",
                        "/.*",
                        text -> text.startsWith("/") && Files.exists(Path.of(text))
                                ? Optional.of(text)
                                : Optional.empty()));
        };
    }

    private record AsText<T>(Form<T> form) implements Form<String> {
        @Override
        public @Nullable String read(YamlMap map, String key) {
            T value = form.read(map, key);
            return value == null ? null : value.toString();
        }

        @Override
        public String accepted() {
            return form.accepted();
        }

        @Override
        public ObjectNode schema() {
            return form.schema();
        }
    }

    /** Reads every option of a driver; what is left out has its default. */
    static Map<String, String> read(TargetDriver driver, YamlMap map) {
        Map<String, String> options = new LinkedHashMap<>();
        for (OptionSpec option : all(driver).toList()) {
            String value = of(option).find(map);
            options.put(option.key(), value == null ? option.defaultValue() : value);
        }
        return options;
    }
}
