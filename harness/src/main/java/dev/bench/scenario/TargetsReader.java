package dev.bench.scenario;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.grammar.Form;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Declares and reads the targets: names that the file chooses, each with an engine and its options. */
final class TargetsReader {
    static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,39}";

    private static final String NONE = "name at least one, such as `container: {docker: {}}`";

    private final List<TargetDriver> drivers;
    private final List<String> engines;
    private final Keys keys;

    /** Creates a reader for targets of these drivers, sorted by engine. */
    TargetsReader(List<TargetDriver> drivers) {
        this.drivers = drivers;
        this.engines = drivers.stream().map(TargetDriver::key).toList();
        this.keys = Keys.of(drivers.stream().<Key<?>>map(OptionKeys::of).toList());
    }

    Key<List<TargetDefinition>> key() {
        return Key.of("targets", new Targets(), "Names of targets, each with its engine and options.")
                .required(NONE);
    }

    private final class Targets implements Form<List<TargetDefinition>> {
        @Override
        public List<TargetDefinition> read(YamlMap top, String key) {
            YamlMap map = top.map(key);
            if (map.keys().isEmpty() && top.has(key)) {
                top.reject(key, "is empty; " + NONE);
            }
            List<TargetDefinition> targets = new ArrayList<>();
            for (String name : map.keys()) {
                if (!name.matches(NAME_PATTERN)) {
                    map.reject(name, "is not a name for a target; give lower-case letters, digits and hyphens");
                }
                target(map, name).ifPresent(targets::add);
            }
            return targets;
        }

        @Override
        public String accepted() {
            return "a mapping of names to engines: " + String.join(", ", engines);
        }

        @Override
        public Keys keys() {
            return keys;
        }

        @Override
        public boolean isNamed() {
            return true;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode targets =
                    JsonNodeFactory.instance.objectNode().put("type", "object").put("minProperties", 1);
            targets.putObject("propertyNames").put("pattern", "^" + NAME_PATTERN + "$");
            ObjectNode target = targets.putObject("additionalProperties");
            target.putArray("type").add("object").add("null");
            target.put("additionalProperties", false).put("maxProperties", 1);
            target.set("properties", keys.schema().get("properties"));
            return targets;
        }
    }

    private Optional<TargetDefinition> target(YamlMap map, String name) {
        YamlMap target = keys.check(map.map(name));
        List<TargetDriver> given = drivers.stream()
                .filter(driver -> target.keys().contains(driver.key()))
                .toList();
        if (given.size() > 1) {
            map.reject(
                    name,
                    "names "
                            + String.join(
                                    " and ",
                                    given.stream().map(TargetDriver::key).toList()) + "; keep one engine a target");
            return Optional.empty();
        }
        if (given.isEmpty()) {
            Optional<TargetDriver> meant = target.keys().isEmpty()
                    ? drivers.stream()
                            .filter(driver -> driver.key().equals(name)
                                    || driver.kind().label().equals(name))
                            .findFirst()
                    : Optional.empty();
            if (meant.isEmpty() && target.keys().isEmpty()) {
                map.reject(name, "names no engine; give one of " + String.join(", ", engines));
            }
            return meant.map(driver -> definition(name, driver, target));
        }
        return Optional.of(definition(name, given.get(0), target));
    }

    private static TargetDefinition definition(String name, TargetDriver driver, YamlMap target) {
        return new TargetDefinition(
                name,
                driver.key(),
                OptionKeys.read(driver, OptionKeys.of(driver).in(target)));
    }
}
