package dev.bench.scenario;

import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDriver;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reads options of targets, as their drivers declare them. */
final class OptionReader {
    private OptionReader() {}

    /** Reads every option of a driver; what is left out has its default. */
    static Map<String, String> all(TargetDriver driver, YamlMap map) {
        map.accept(driver.options().stream().map(OptionSpec::key).toList());
        Map<String, String> options = new LinkedHashMap<>();
        for (OptionSpec option : driver.options()) {
            String value = one(map, option);
            options.put(option.key(), value == null ? option.defaultValue() : value);
        }
        return options;
    }

    /** Reads one option; null where it is left out or, which is noted, not accepted. */
    static @Nullable String one(YamlMap map, OptionSpec option) {
        return switch (option.type()) {
            case TEXT -> map.text(option.key());
            case CHOICE ->
                map.parse(
                        option.key(),
                        "one of " + String.join(", ", option.choices()),
                        text -> option.choices().contains(text) ? Optional.of(text) : Optional.empty());
            case WHOLE_NUMBER -> {
                Long number = map.whole(option.key(), 1, 4096);
                yield number == null ? null : number.toString();
            }
            case BOOLEAN -> {
                Boolean flag = map.flag(option.key());
                yield flag == null ? null : flag.toString();
            }
            case SIZE -> {
                Long bytes = map.parse(option.key(), Units.SIZE_FORM, Units::bytes);
                yield bytes == null ? null : bytes.toString();
            }
            case PATH ->
                map.parse(
                        option.key(),
                        "the absolute path of a file that exists",
                        text -> text.startsWith("/") && Files.exists(Path.of(text))
                                ? Optional.of(text)
                                : Optional.empty());
        };
    }
}
