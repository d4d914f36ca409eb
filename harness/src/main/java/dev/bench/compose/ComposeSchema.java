package dev.bench.compose;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.PathType;
import com.networknt.schema.SchemaValidatorsConfig;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import dev.bench.grammar.Problem;
import dev.bench.grammar.YamlNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;

/** Holds Compose files against the JSON Schema of Compose's specification. */
final class ComposeSchema {
    private static final String RESOURCE = "compose-spec.json";

    private ComposeSchema() {}

    /** Reads the schema at its first use: most runs have no Compose file. */
    private static final class Holder {
        static final JsonSchema SCHEMA = schema();
    }

    /** Returns what the schema says is wrong, at most one fault a place, in the order of the file. */
    static List<Problem> problems(YamlNode root) {
        List<ValidationMessage> messages = new ArrayList<>(Holder.SCHEMA.validate(json(root)));
        // Of a place that may be one of several things, each of them complains: the deepest complaint says most.
        messages.sort(Comparator.comparingInt((ValidationMessage message) ->
                        -message.getInstanceLocation().getNameCount())
                .thenComparing(ValidationMessage::getMessage));
        List<Problem> problems = new ArrayList<>();
        List<String> told = new ArrayList<>();
        for (ValidationMessage message : messages) {
            String pointer = message.getInstanceLocation().toString();
            if (told.stream().noneMatch(deeper -> deeper.equals(pointer) || deeper.startsWith(pointer + "/"))) {
                told.add(pointer);
                problems.add(problem(root, pointer, message));
            }
        }
        problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
        return problems;
    }

    private static Problem problem(YamlNode root, String pointer, ValidationMessage message) {
        YamlNode place = root;
        StringBuilder path = new StringBuilder();
        for (String part : pointer.substring(Math.min(1, pointer.length())).split("/", -1)) {
            String key = part.replace("~1", "/").replace("~0", "~");
            YamlNode next = key.matches("[0-9]{1,6}")
                            && Integer.parseInt(key) < place.items().size()
                    ? place.items().get(Integer.parseInt(key))
                    : place.get(key);
            if (next == null) {
                break;
            }
            path.append(place.items().isEmpty() ? (path.isEmpty() ? "" : ".") + key : "[" + key + "]");
            place = next;
        }
        String words = message.getMessage();
        int colon = words.indexOf(": ");
        return new Problem(
                place.line(),
                place.column(),
                path.toString(),
                "does not follow Compose's schema: " + (colon < 0 ? words : words.substring(colon + 2)));
    }

    private static JsonSchema schema() {
        SchemaValidatorsConfig config =
                SchemaValidatorsConfig.builder().pathType(PathType.JSON_POINTER).build();
        try (InputStream resource = ComposeSchema.class.getResourceAsStream(RESOURCE)) {
            ObjectNode schema = (ObjectNode) new ObjectMapper().readTree(Objects.requireNonNull(resource, RESOURCE));
            // It is no absolute URI, which the validator asks for; nothing refers to it.
            schema.remove("$id");
            return JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7).getSchema(schema, config);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static JsonNode json(YamlNode node) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        return switch (node.kind()) {
            case MAPPING -> {
                ObjectNode object = factory.objectNode();
                node.entries().forEach((key, entry) -> object.set(key, json(entry.value())));
                yield object;
            }
            case LIST -> {
                ArrayNode array = factory.arrayNode();
                node.items().forEach(item -> array.add(json(item)));
                yield array;
            }
            case NUMBER -> number(node.text());
            case FLAG -> factory.booleanNode(node.text().equalsIgnoreCase("true"));
            case NOTHING -> factory.nullNode();
            case TEXT -> factory.textNode(node.text());
        };
    }

    private static JsonNode number(String text) {
        JsonNodeFactory factory = JsonNodeFactory.instance;
        String digits = text.replaceFirst("^\\+", "");
        if (digits.startsWith("0o") || digits.startsWith("0x")) {
            return factory.numberNode(Long.parseLong(digits.substring(2), digits.charAt(1) == 'o' ? 8 : 16));
        }
        BigDecimal number = new BigDecimal(digits);
        return digits.matches("-?[0-9]+") ? factory.numberNode(number.longValueExact()) : factory.numberNode(number);
    }
}
