package dev.bench.scenario;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.result.Measure;
import dev.bench.target.OptionSpec;
import dev.bench.target.TargetDriver;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Says in JSON Schema (draft 2020-12) what {@link ScenarioReader} accepts, from the same lists of keys and the drivers'
 * own options, so that editors complete and check scenarios.
 */
public final class ScenarioSchema {
    private static final ObjectMapper JSON = new ObjectMapper();

    private ScenarioSchema() {}

    /** Returns the schema for scenarios with targets of these drivers, as indented JSON with a line feed at its end. */
    public static String of(List<TargetDriver> drivers) {
        ObjectNode root = closed(ScenarioReader.TOP, "A scenario of bench.");
        root.put("$schema", "https://json-schema.org/draft/2020-12/schema");
        root.put("title", "bench scenario");
        require(root, "name", "workload", "targets");
        ObjectNode top = properties(root);
        root.putObject("patternProperties")
                .putObject("^" + ScenarioReader.EXTENSION)
                .put("description", "For anchors of the file's own; nothing reads it.");
        top.set("name", text("Its name.").put("pattern", "^" + ScenarioReader.NAME_PATTERN + "$"));
        top.set("description", text("One line for the report."));
        top.set("measure", choice("What is measured.", ScenarioReader.MEASURES));
        top.set("memory", memory());
        top.set(ScaleOutReader.KEY, scaleOut());
        top.set("workload", workload());
        top.set("limits", limits());
        top.set("targets", targets(drivers));
        top.set("plan", plan());
        top.set(GateReader.KEY, gate(drivers));
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final String PATH_PATTERN = "^/[!-~]*$";

    private static ObjectNode memory() {
        ObjectNode memory = closed(ScenarioReader.MEMORY, "How memory is measured; with measure: memory.");
        ObjectNode instances = JSON.createObjectNode().put("type", "array");
        instances.put(
                "description",
                "Instances running at each step, each more than the one before; default " + Defaults.INSTANCES + ".");
        instances.put("minItems", 1);
        instances.set("items", whole("Instances.", 1, ScenarioReader.MOST_INSTANCES));
        properties(memory).set("instances", instances);
        ObjectNode load = closed(ScenarioReader.LOAD, "Load before a second reading; none where it is left out.");
        require(load, "requests");
        properties(load).set("requests", whole("HTTP requests to every instance.", 1, ScenarioReader.MOST_REQUESTS));
        properties(memory).set("load", load);
        properties(memory)
                .set(
                        "floor",
                        text("Available memory that ends the steps; default a tenth of the host's.")
                                .put("pattern", Units.SIZE_PATTERN));
        return nullable(memory);
    }

    private static ObjectNode workload() {
        ObjectNode workload = closed(ScenarioReader.WORKLOAD, "What is launched, the same on every target.");
        require(workload, "image", "ready");
        ObjectNode keys = properties(workload);
        keys.set("image", image("Where the image comes from: exactly one source."));
        keys.set("command", texts("Replaces ENTRYPOINT and CMD."));
        ObjectNode environment = JSON.createObjectNode().put("type", "object").put("description", "Added to ENV.");
        types(environment.putObject("additionalProperties"), "string", "number", "boolean");
        environment.putObject("propertyNames").put("pattern", "^[^=]+$");
        keys.set("env", environment);
        keys.set("user", scalar("Replaces USER."));
        keys.set("workdir", text("Replaces WORKDIR; absolute.").put("pattern", "^/"));
        keys.set("stop_signal", scalar("Replaces STOPSIGNAL."));
        keys.set("ready", ready());
        return workload;
    }

    private static ObjectNode image(String description) {
        ObjectNode image = closed(ImageReader.IMAGE, description);
        ObjectNode sources = properties(image);
        sources.set("debian", text("A Debian suite, built on this host."));
        sources.set("packages", texts("Packages to install, with debian."));
        sources.set("files", text("A directory copied over the tree, with debian."));
        sources.set("oci", text("A reference: taken from the engine, else pulled."));
        sources.set("archive", text("A file: docker save output or an OCI layout."));
        sources.set("dockerfile", text("A directory with a Dockerfile."));
        oneOf(image, ImageReader.SOURCES);
        return image;
    }

    private static ObjectNode ready() {
        ObjectNode ready = closed(List.of(), "What counts as ready: exactly one probe, and a deadline.");
        ObjectNode keys = properties(ready);
        ObjectNode http = closed(List.of(), "An HTTP answer.");
        properties(http).set("port", port());
        properties(http).set("path", text("Default /.").put("pattern", PATH_PATTERN));
        properties(http).set("status", whole("Default 200.", ScenarioReader.LEAST_STATUS, 599));
        properties(http).set("contains", scalar("Text the body must contain, anywhere in it."));
        properties(http)
                .set(
                        "host",
                        text("What to send as Host; default: the instance's own address.")
                                .put("pattern", "^" + ScenarioReader.HOST_PATTERN + "$"));
        keys.set("http", nullable(http));
        ObjectNode tcp = closed(List.of(), "Bytes on a TCP connection.");
        require(tcp, "port", "expect");
        properties(tcp).set("port", port());
        properties(tcp).set("send", scalar("Sent first."));
        properties(tcp).set("expect", scalar("What the answer starts with."));
        keys.set("tcp", tcp);
        ObjectNode log = JSON.createObjectNode().put("description", "A line of output that matches an expression.");
        ArrayNode forms = log.putArray("anyOf");
        forms.add(text("The expression."));
        ObjectNode map = closed(List.of(), "The expression, and how many lines must match it.");
        require(map, "pattern");
        properties(map).set("pattern", text("The expression."));
        properties(map).set("count", whole("How many lines must match; default 1.", 1, ScenarioReader.MOST_LINES));
        forms.add(map);
        keys.set("log", log);
        keys.set("exit", whole("The end of the workload with this status.", 0, 255));
        ObjectNode redis = closed(List.of(), "Redis answers PING.");
        properties(redis).set("port", port());
        keys.set("redis", nullable(redis));
        ObjectNode postgres = closed(List.of(), "PostgreSQL accepts sessions.");
        properties(postgres).set("port", port());
        properties(postgres).set("user", text("Default postgres."));
        properties(postgres).set("database", text("Default postgres."));
        keys.set("postgres", nullable(postgres));
        keys.set("timeout", text("Default 60s.").put("pattern", Units.DURATION_PATTERN));
        oneOf(ready, ScenarioReader.PROBES);
        return ready;
    }

    private static ObjectNode scaleOut() {
        ObjectNode scaleOut = closed(ScaleOutReader.KEYS, "With measure: scale-out, what is started and asked.");
        ObjectNode starts = closed(ScaleOutReader.STARTS, "How instances are started.");
        properties(starts)
                .set(
                        "instances",
                        whole("Default: the most that throughput asks for.", 1, ScaleOutReader.MOST_INSTANCES));
        properties(starts)
                .set(
                        "concurrency",
                        whole(
                                "Starts under way at a time; default " + Defaults.START_CONCURRENCY + ".",
                                1,
                                ScaleOutReader.MOST_INSTANCES));
        properties(starts)
                .set(
                        "rate",
                        text("Starts that begin per second, in place of concurrency.")
                                .put("pattern", Units.RATE_PATTERN));
        properties(scaleOut).set("starts", starts);
        ObjectNode throughput = closed(ScaleOutReader.THROUGHPUT, "What running instances are asked over HTTP.");
        require(throughput, "instances");
        ObjectNode keys = properties(throughput);
        keys.set("instances", list("Numbers of instances.", whole("", 1, ScaleOutReader.MOST_INSTANCES)));
        keys.set(
                "connections",
                whole("In all; default " + Defaults.CONNECTIONS + ".", 1, ScaleOutReader.MOST_CONNECTIONS));
        keys.set(
                "duration",
                text("Of each load; default " + Defaults.LOAD_DURATION.toSeconds() + "s.")
                        .put("pattern", Units.DURATION_PATTERN));
        keys.set("path", text("Default that of ready.http.").put("pattern", PATH_PATTERN));
        ObjectNode open = closed(ScaleOutReader.OPEN, "Loads whose requests begin at their own times.");
        properties(open).set("each", list("Rates per instance.", text("").put("pattern", Units.RATE_PATTERN)));
        properties(open)
                .set(
                        "of_closed",
                        list("Shares of the closed loop's rate.", number("", 0.01, ScaleOutReader.MOST_SHARE)));
        keys.set("open", open);
        ObjectNode slo =
                closed(ScaleOutReader.SLO, "The bound that decides how many instances fit, at the first of each.");
        require(slo, "p99");
        properties(slo).set("p99", text("Such as 50ms.").put("pattern", Units.DURATION_PATTERN));
        keys.set("slo", slo);
        properties(scaleOut).set("throughput", throughput);
        return scaleOut;
    }

    private static ObjectNode list(String description, ObjectNode item) {
        ObjectNode node = JSON.createObjectNode().put("type", "array").put("description", description);
        node.put("minItems", 1);
        item.remove("description");
        node.set("items", item);
        return node;
    }

    private static ObjectNode limits() {
        ObjectNode limits = closed(ScenarioReader.LIMITS, "Limits of every instance.");
        properties(limits).set("cpus", number("Default 1.", 0.01, 1024));
        properties(limits).set("memory", text("Default 256MiB.").put("pattern", Units.SIZE_PATTERN));
        return nullable(limits);
    }

    private static ObjectNode targets(List<TargetDriver> drivers) {
        ObjectNode targets = JSON.createObjectNode().put("type", "object").put("minProperties", 1);
        targets.put("description", "Names of targets, each with its engine and options.");
        targets.putObject("propertyNames").put("pattern", "^" + ScenarioReader.NAME_PATTERN + "$");
        ObjectNode target = targets.putObject("additionalProperties");
        types(target, "object", "null");
        target.put("additionalProperties", false).put("maxProperties", 1);
        ObjectNode kinds = target.putObject("properties");
        drivers.stream().sorted(Comparator.comparing(TargetDriver::key)).forEach(driver -> {
            ObjectNode kind = closed(List.of(), "A " + driver.kind().label() + ".");
            for (OptionSpec option : driver.options()) {
                properties(kind).set(option.key(), option(option));
            }
            kinds.set(driver.key(), nullable(kind));
        });
        return targets;
    }

    private static ObjectNode option(OptionSpec option) {
        return switch (option.type()) {
            case TEXT -> scalar(option.description());
            case CHOICE -> choice(option.description(), option.choices());
            case WHOLE_NUMBER -> whole(option.description(), 1, 4096);
            case BOOLEAN -> JSON.createObjectNode().put("type", "boolean").put("description", option.description());
            case SIZE -> text(option.description()).put("pattern", Units.SIZE_PATTERN);
            case PATH -> text(option.description()).put("pattern", "^/");
        };
    }

    private static ObjectNode plan() {
        ObjectNode plan = closed(ScenarioReader.PLAN, "How often and in which order.");
        ObjectNode keys = properties(plan);
        keys.set(
                "blocks",
                whole("Measured blocks per session; default " + Defaults.BLOCKS + ".", 1, ScenarioReader.MOST_BLOCKS));
        keys.set("warmup_blocks", whole("Discarded blocks; default " + Defaults.WARMUP_BLOCKS + ".", 1, 10));
        keys.set(
                "sessions",
                whole("Measuring JVMs; default " + Defaults.SESSIONS + ".", 1, ScenarioReader.MOST_SESSIONS));
        keys.set("seed", JSON.createObjectNode().put("type", "integer").put("description", "Seed of the order."));
        keys.set("reference", text("The target to compare with; the first container where none is named."));
        keys.set(
                "control",
                JSON.createObjectNode()
                        .put("type", "boolean")
                        .put("description", "Whether the reference runs twice per block (A/A)."));
        keys.set("pause", text("Rest between launches; default 0s.").put("pattern", Units.DURATION_PATTERN));
        return nullable(plan);
    }

    private static ObjectNode gate(List<TargetDriver> drivers) {
        ObjectNode gate = closed(GateReader.KEYS, "How `bench run --gate` judges.");
        ObjectNode baseline = closed(List.of(), "What the targets are held against: how it differs from them.");
        properties(baseline).set(BaselineReader.IMAGE, image("The baseline's image."));
        drivers.stream()
                .sorted(Comparator.comparing(TargetDriver::key))
                .flatMap(driver -> driver.options().stream())
                .forEach(option -> properties(baseline).set(option.key(), option(option)));
        baseline.put("minProperties", 1);
        properties(gate).set(GateReader.BASELINE, baseline);
        properties(gate)
                .set(
                        GateReader.BUDGETS,
                        byMetric(
                                "Change that is accepted, by metric; in place of the margin.",
                                text("Such as 3%.").put("pattern", Units.SHARE_PATTERN)));
        ObjectNode bound = closed(List.of(), "Limits of the median, in the metric's unit.");
        properties(bound).set(GateReader.MIN, number("The least accepted.", 0, GateReader.MOST));
        properties(bound).set(GateReader.MAX, number("The most accepted.", 0, GateReader.MOST));
        bound.put("minProperties", 1);
        properties(gate).set(GateReader.LIMITS, byMetric("Limits that depend on no baseline, by metric.", bound));
        return gate;
    }

    private static ObjectNode byMetric(String description, ObjectNode value) {
        ObjectNode node = closed(List.of(), description);
        Arrays.stream(Measure.values())
                .flatMap(measure -> measure.gated().stream())
                .forEach(metric -> properties(node).set(metric.id(), value.deepCopy()));
        return node;
    }

    /** Returns an object that accepts no keys but those given later, in the order of the list. */
    private static ObjectNode closed(List<String> order, String description) {
        ObjectNode node = JSON.createObjectNode().put("type", "object").put("description", description);
        node.put("additionalProperties", false);
        ObjectNode keys = node.putObject("properties");
        order.forEach(keys::putObject);
        return node;
    }

    private static ObjectNode properties(ObjectNode node) {
        return (ObjectNode) node.get("properties");
    }

    private static void require(ObjectNode node, String... keys) {
        ArrayNode required = node.putArray("required");
        for (String key : keys) {
            required.add(key);
        }
    }

    private static void oneOf(ObjectNode node, List<String> keys) {
        ArrayNode alternatives = node.putArray("oneOf");
        keys.forEach(key -> alternatives.addObject().putArray("required").add(key));
    }

    /** Lets a key be written with nothing behind it, which means its defaults. */
    private static ObjectNode nullable(ObjectNode node) {
        types(node, "object", "null");
        return node;
    }

    private static void types(ObjectNode node, String... types) {
        ArrayNode array = node.putArray("type");
        for (String type : types) {
            array.add(type);
        }
    }

    private static ObjectNode text(String description) {
        return JSON.createObjectNode().put("type", "string").put("description", description);
    }

    /** Returns a text that YAML may take for a number or a truth value when it is not quoted. */
    private static ObjectNode scalar(String description) {
        ObjectNode node = JSON.createObjectNode().put("description", description);
        types(node, "string", "number", "boolean");
        return node;
    }

    private static ObjectNode texts(String description) {
        ObjectNode node = JSON.createObjectNode().put("type", "array").put("description", description);
        node.put("minItems", 1);
        types(node.putObject("items"), "string", "number", "boolean");
        return node;
    }

    private static ObjectNode choice(String description, List<String> choices) {
        ObjectNode node = JSON.createObjectNode().put("description", description);
        ArrayNode values = node.putArray("enum");
        choices.forEach(values::add);
        return node;
    }

    private static ObjectNode whole(String description, int least, int most) {
        return JSON.createObjectNode()
                .put("type", "integer")
                .put("minimum", least)
                .put("maximum", most)
                .put("description", description);
    }

    private static ObjectNode number(String description, double least, double most) {
        return JSON.createObjectNode()
                .put("type", "number")
                .put("minimum", least)
                .put("maximum", most)
                .put("description", description);
    }

    private static ObjectNode port() {
        return whole("TCP port.", 1, 65_535);
    }
}
