package dev.bench.scenario;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.grammar.Form;
import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Declares and reads what counts as ready. */
final class ReadinessReader {
    private static final int MOST_LINES = 1_000_000;

    /** What is below is no final answer. */
    private static final int LEAST_STATUS = 200;

    /** An emulated machine boots in seconds, an emulated JVM service in tens of them. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private static final Key<String> PATH =
            Key.of("path", Forms.requestPath(), "").byDefault("/");
    private static final Key<Integer> STATUS =
            Key.of("status", Forms.whole(LEAST_STATUS, 599), "").byDefault(200);
    private static final Key<String> CONTAINS = Key.of(
                    "contains", Forms.scalar(), "Text the body must contain, anywhere in it.")
            .byDefault("");
    private static final Key<String> HOST = Key.of(
                    "host",
                    Forms.text("a name such as app.example.com or name:port", "[A-Za-z0-9._:\\[\\]-]{0,255}"),
                    "What to send as Host; default: the instance's own address.")
            .byDefault("");
    private static final Key<Integer> HTTP_PORT = port(80);
    private static final Key<YamlMap> HTTP =
            Key.of("http", Forms.mappingOrNothing(Keys.of(HTTP_PORT, PATH, STATUS, CONTAINS, HOST)), "An HTTP answer.");

    private static final Key<Integer> TCP_PORT = port(0).required("give a whole number from 1 to 65535");
    private static final Key<String> SEND =
            Key.of("send", Forms.scalar(), "Sent first.").byDefault("");
    private static final Key<String> EXPECT = Key.of("expect", Forms.scalar(), "What the answer starts with.")
            .required("give the text an answer starts with: an open port alone is no sign of readiness")
            .byDefault("");
    private static final Key<YamlMap> TCP =
            Key.of("tcp", Forms.mapping(Keys.of(TCP_PORT, SEND, EXPECT)), "Bytes on a TCP connection.");

    private static final Key<String> PATTERN = Key.of("pattern", Forms.text(), "The expression.")
            .required("give a regular expression")
            .byDefault("");
    private static final Key<Integer> COUNT = Key.of("count", Forms.whole(1, MOST_LINES), "How many lines must match.")
            .byDefault(1);
    private static final Key<Lines> LOG =
            Key.of("log", new LinesForm(), "A line of output that matches an expression.");

    private static final Key<Integer> EXIT =
            Key.of("exit", Forms.whole(0, 255), "The end of the workload with this status.");

    private static final Key<Integer> REDIS_PORT = port(6379);
    private static final Key<YamlMap> REDIS =
            Key.of("redis", Forms.mappingOrNothing(Keys.of(REDIS_PORT)), "Redis answers PING.");

    private static final Key<Integer> POSTGRES_PORT = port(5432);
    private static final Key<String> USER = Key.of("user", Forms.text(), "").byDefault("postgres");
    private static final Key<String> DATABASE =
            Key.of("database", Forms.text(), "").byDefault("postgres");
    private static final Key<YamlMap> POSTGRES = Key.of(
            "postgres", Forms.mappingOrNothing(Keys.of(POSTGRES_PORT, USER, DATABASE)), "PostgreSQL accepts sessions.");

    private static final Key<Duration> TIMEOUT =
            Key.of("timeout", Forms.quantity(Units.DURATION), "").byDefault(DEADLINE);

    private static final List<Key<?>> PROBES = List.of(HTTP, TCP, LOG, EXIT, REDIS, POSTGRES);
    private static final List<String> NAMES = PROBES.stream().map(Key::name).toList();

    static final Key<YamlMap> READY = Key.of(
                    "ready",
                    Forms.mapping(Keys.of(HTTP, TCP, LOG, EXIT, REDIS, POSTGRES, TIMEOUT)
                            .exactlyOneOf(NAMES)),
                    "What counts as ready: exactly one probe, and a deadline.")
            .required("give one of " + String.join(", ", NAMES));

    private ReadinessReader() {}

    private static Key<Integer> port(int byDefault) {
        return Key.of("port", Forms.whole(1, 65_535), "TCP port.").byDefault(byDefault);
    }

    static Readiness read(YamlMap workload) {
        Readiness none = new Readiness.Exit(0, Duration.ZERO);
        YamlMap ready = READY.in(workload);
        if (!workload.has(READY.name())) {
            return none;
        }
        Duration within = TIMEOUT.in(ready);
        if (within.isZero()) {
            ready.reject(TIMEOUT.name(), "must be more than 0 and at most 60m");
        }
        List<String> given = NAMES.stream().filter(ready.keys()::contains).toList();
        return switch (workload.one(READY.name(), given, NAMES, "probe").orElse("")) {
            case "" -> none;
            case "http" -> http(HTTP.in(ready), within);
            case "tcp" -> tcp(TCP.in(ready), within);
            case "log" -> log(ready, within);
            case "exit" -> new Readiness.Exit(Objects.requireNonNullElse(EXIT.find(ready), 0), within);
            case "redis" -> new Readiness.Redis(REDIS_PORT.in(REDIS.in(ready)), within);
            default -> postgres(POSTGRES.in(ready), within);
        };
    }

    private static Readiness http(YamlMap map, Duration within) {
        return new Readiness.Http(
                HTTP_PORT.in(map), PATH.in(map), STATUS.in(map), CONTAINS.in(map), HOST.in(map), within);
    }

    private static Readiness tcp(YamlMap map, Duration within) {
        return new Readiness.Tcp(TCP_PORT.in(map), SEND.in(map), EXPECT.in(map), within);
    }

    private static Readiness postgres(YamlMap map, Duration within) {
        return new Readiness.Postgres(POSTGRES_PORT.in(map), USER.in(map), DATABASE.in(map), within);
    }

    private static Readiness log(YamlMap ready, Duration within) {
        Lines lines = LOG.find(ready);
        if (lines == null) {
            return new Readiness.Log("", 1, within);
        }
        try {
            Pattern.compile(lines.pattern());
        } catch (PatternSyntaxException e) {
            ready.reject(LOG.name(), "'" + lines.pattern() + "' is not a regular expression: " + e.getDescription());
            return new Readiness.Log("", lines.count(), within);
        }
        return new Readiness.Log(lines.pattern(), lines.count(), within);
    }

    private record Lines(String pattern, int count) {}

    /** An expression alone, or a mapping with it and the number of lines. */
    private static final class LinesForm implements Form<Lines> {
        private static final Keys KEYS = Keys.of(PATTERN, COUNT);

        @Override
        public @Nullable Lines read(YamlMap map, String key) {
            if (map.isMap(key)) {
                YamlMap lines = KEYS.check(map.map(key));
                return new Lines(PATTERN.in(lines), COUNT.in(lines));
            }
            String pattern = map.text(key);
            if (pattern == null || pattern.isBlank()) {
                if (!map.isList(key)) {
                    map.reject(key, "is missing; give a regular expression");
                }
                return null;
            }
            return new Lines(pattern, 1);
        }

        @Override
        public String accepted() {
            return "a regular expression, or a mapping";
        }

        @Override
        public Keys keys() {
            return KEYS;
        }

        @Override
        public ObjectNode schema() {
            ObjectNode schema = JsonNodeFactory.instance.objectNode();
            ArrayNode forms = schema.putArray("anyOf");
            forms.add(Forms.text().schema().put("description", PATTERN.description()));
            forms.add(KEYS.schema().put("description", "The expression, and how many lines must match it."));
            return schema;
        }
    }
}
