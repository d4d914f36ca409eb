package dev.bench.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.bench.document.PlainText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** Reads raw launches from JSON lines, warm-up launches left out. */
final class RawLaunches {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final List<JsonNode> all = new ArrayList<>();
    private final List<JsonNode> measured = new ArrayList<>();

    /** Takes the lines; a last line that was cut short is no launch, and one that lacks but its line feed is. */
    RawLaunches(String lines) throws JsonProcessingException {
        boolean whole = lines.endsWith("\n") || isLaunch(lines.substring(lines.lastIndexOf('\n') + 1));
        List<String> split = lines.lines().filter(line -> !line.isBlank()).toList();
        for (int i = 0; i < split.size(); i++) {
            if (whole || i < split.size() - 1) {
                JsonNode launch = JSON.readTree(split.get(i));
                all.add(launch);
                if (!launch.path("warmup").asBoolean()) {
                    measured.add(launch);
                }
            }
        }
    }

    private static boolean isLaunch(String line) {
        try {
            return JSON.readTree(line).isObject();
        } catch (JsonProcessingException e) {
            return false;
        }
    }

    /** Returns every launch, to be compared with those of another file. */
    List<JsonNode> all() {
        return all;
    }

    /**
     * Returns the target that a report shows by a name: what cannot be printed is replaced there, and blanks are one.
     *
     * @return empty where there is none, or several
     */
    Optional<String> target(String shown) {
        List<String> targets = measured.stream()
                .map(launch -> launch.path("target").asText())
                .distinct()
                .filter(name -> shown(name).equals(shown(shown)))
                .toList();
        return targets.size() == 1 ? Optional.of(targets.get(0)) : Optional.empty();
    }

    private static String shown(String name) {
        return PlainText.printable(name).replaceAll("\\s+", " ").strip();
    }

    /** Returns every metric and target of which a measured launch has a value, each once. */
    List<Rows.Key> measured() {
        return measured.stream()
                .filter(launch -> launch.path("ok").asBoolean())
                .flatMap(launch -> launch.path("values").properties().stream()
                        .filter(value -> value.getValue().isNumber())
                        .map(value -> new Rows.Key(
                                value.getKey(), launch.path("target").asText())))
                .distinct()
                .toList();
    }

    int failures(String target) {
        return (int) measured.stream()
                .filter(launch -> launch.path("target").asText().equals(target)
                        && !launch.path("ok").asBoolean())
                .count();
    }

    /** Returns every value of a metric of a target, in the order of its launches. */
    List<Double> inOrder(String metric, String target) {
        return succeeded(target)
                .map(launch -> launch.path("values").path(metric))
                .filter(JsonNode::isNumber)
                .map(JsonNode::asDouble)
                .toList();
    }

    /** Returns when a moment was, in ms after the request, in every launch of a target that has it. */
    Sample moments(String moment, String target) {
        return new Sample(succeeded(target)
                .flatMap(launch -> StreamSupport.stream(launch.path("phases").spliterator(), false))
                .filter(phase -> phase.path("name").asText().equals(moment))
                .map(phase -> phase.path("atMs").asDouble())
                .toList());
    }

    private Stream<JsonNode> succeeded(String target) {
        return measured.stream()
                .filter(launch -> launch.path("target").asText().equals(target)
                        && launch.path("ok").asBoolean());
    }

    Sample values(String metric, String target) {
        return new Sample(List.copyOf(byBlock(metric, target).values()));
    }

    /** Returns the logarithms of target / reference within each block that has both above zero. */
    Sample ratios(String metric, String reference, String target) {
        Map<String, Double> base = byBlock(metric, reference);
        List<Double> ratios = new ArrayList<>();
        byBlock(metric, target).forEach((block, value) -> {
            Double other = base.get(block);
            if (other != null && other > 0 && value > 0) {
                ratios.add(Math.log(value / other));
            }
        });
        return new Sample(ratios);
    }

    private Map<String, Double> byBlock(String metric, String target) {
        Map<String, Double> values = new HashMap<>();
        for (JsonNode launch : measured) {
            JsonNode value = launch.path("values").path(metric);
            if (launch.path("target").asText().equals(target)
                    && launch.path("ok").asBoolean()
                    && value.isNumber()) {
                values.put(
                        launch.path("session").asInt() + "/"
                                + launch.path("block").asInt(),
                        value.asDouble());
            }
        }
        return values;
    }
}
