package dev.bench.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
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
        try {
            return json.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
