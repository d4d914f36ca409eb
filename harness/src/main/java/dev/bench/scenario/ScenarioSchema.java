package dev.bench.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.target.TargetDriver;
import java.util.List;

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

    /** Says that a measure with a workload of its own needs none to be named, and of one that is the image only. */
    private static void relax(ObjectNode root) {
        String workload = WorkloadReader.WORKLOAD.name();
        ObjectNode named = (ObjectNode) root.path("properties").path(workload);
        String ready = ReadinessReader.READY.name();
        remove((ArrayNode) root.path("required"), workload);
        remove((ArrayNode) named.path("required"), ready);
        ObjectNode own = root.putObject("if");
        ArrayNode measures = own.putObject("properties")
                .putObject(ScenarioKeys.MEASURE.name())
                .putArray("enum");
        Measures.all().stream()
                .filter(measure -> measure.workload().isPresent())
                .map(Measure::id)
                .forEach(measures::add);
        own.putArray("required").add(ScenarioKeys.MEASURE.name());
        root.putObject("then").putObject("properties").putObject(workload).put("maxProperties", 1);
        ObjectNode otherwise = root.putObject("else");
        otherwise.putArray("required").add(workload);
        otherwise
                .putObject("properties")
                .putObject(workload)
                .putArray("required")
                .add(ready);
    }

    private static void remove(ArrayNode names, String name) {
        for (int i = names.size() - 1; i >= 0; i--) {
            if (names.get(i).asText().equals(name)) {
                names.remove(i);
            }
        }
    }
}
