package dev.bench.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.grammar.Key;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.target.Faculty;
import dev.bench.target.TargetDriver;
import java.util.List;
import java.util.function.Predicate;

/**
 * Says in JSON Schema (draft 2020-12) what {@link ScenarioReader} accepts, from the same declarations, so that editors
 * complete and check scenarios.
 */
public final class ScenarioSchema {
    private ScenarioSchema() {}

    /** Returns the schema for scenarios with targets of these drivers, as indented JSON with a line feed at its end. */
    public static String of(List<TargetDriver> drivers) {
        ObjectMapper json = new ObjectMapper();
        ObjectNode root = json.createObjectNode()
                .put("$schema", "https://json-schema.org/draft/2020-12/schema")
                .put("title", "bench scenario")
                .put("description", "A scenario of bench.");
        root.setAll(new ScenarioKeys(ScenarioReader.sorted(drivers)).all().schema());
        relax(root);
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Says that a measure with a workload of its own needs none to be named, and of one that is the image only; and that one
     * of several services takes a Compose file instead of an image.
     */
    private static void relax(ObjectNode root) {
        String workload = WorkloadReader.WORKLOAD.name();
        ObjectNode named = (ObjectNode) root.path("properties").path(workload);
        String ready = ReadinessReader.READY.name();
        String image = ImageReader.WORKLOAD_IMAGE.name();
        remove((ArrayNode) root.path("required"), workload);
        named.remove("required");
        where(root, measure -> measure.workload().isPresent());
        root.putObject("then")
                .putObject("properties")
                .set(workload, requiring(image).put("maxProperties", 1));
        ObjectNode otherwise = root.putObject("else");
        otherwise.putArray("required").add(workload);
        where(otherwise, measure -> measure.takes(Faculty.STACK));
        ObjectNode stack = requiring(StackReader.COMPOSE.name(), StackReader.FRONT.name(), ready);
        ObjectNode program = requiring(image, ready);
        for (Key<?> key : WorkloadReader.WORKLOAD.form().keys().all()) {
            if (WorkloadReader.isOfOneProgram(key.name())) {
                stack.withObject("/properties").put(key.name(), false);
            } else if (StackReader.KEYS.contains(key.name())) {
                program.withObject("/properties").put(key.name(), false);
            }
        }
        otherwise.putObject("then").putObject("properties").set(workload, stack);
        otherwise.putObject("else").putObject("properties").set(workload, program);
    }

    private static void where(ObjectNode node, Predicate<Measure> chosen) {
        ObjectNode condition = node.putObject("if");
        ArrayNode measures = condition
                .putObject("properties")
                .putObject(ScenarioKeys.MEASURE.name())
                .putArray("enum");
        Measures.all().stream().filter(chosen).map(Measure::id).forEach(measures::add);
        condition.putArray("required").add(ScenarioKeys.MEASURE.name());
    }

    private static ObjectNode requiring(String... keys) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode required = node.putArray("required");
        for (String key : keys) {
            required.add(key);
        }
        return node;
    }

    private static void remove(ArrayNode names, String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).asText().equals(name)) {
                names.remove(i);
            }
        }
    }
}
