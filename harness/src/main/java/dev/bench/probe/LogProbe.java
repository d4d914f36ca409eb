package dev.bench.probe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.grammar.Form;
import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.result.PhaseName;
import dev.bench.target.LaunchRequest;
import dev.bench.workload.Readiness;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** Tells readiness by lines of output. */
public final class LogProbe implements Probe {
    private static final int MOST_LINES = 1_000_000;

    private static final Key<String> PATTERN = Key.of("pattern", Forms.text(), "The expression.")
            .required("give a regular expression")
            .byDefault("");
    private static final Key<Integer> COUNT = Key.of("count", Forms.whole(1, MOST_LINES), "How many lines must match.")
            .byDefault(1);
    private static final Key<Lines> LOG =
            Key.of("log", new LinesForm(), "A line of output that matches an expression.");

    @Override
    public Key<?> key() {
        return LOG;
    }

    @Override
    public Class<Readiness.Log> readinessType() {
        return Readiness.Log.class;
    }

    @Override
    public Readiness read(YamlMap ready, Duration within) {
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

    @Override
    public Watch watch(Readiness readiness, Watched instance) {
        return new Listening((Readiness.Log) readiness, instance);
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

    /** Watches an instance by its output. */
    private static final class Listening implements Watch {
        private final Readiness.Log log;
        private final LineMatcher matcher;

        Listening(Readiness.Log log, Watched instance) {
            this.log = log;
            this.matcher = new LineMatcher(
                    Pattern.compile(log.pattern()),
                    log.count(),
                    nanos -> instance.phases().mark(PhaseName.READY, nanos));
        }

        @Override
        public Consumer<LaunchRequest.Output> outputListener() {
            return matcher;
        }

        @Override
        public void settle(long moment) {
            matcher.settle(moment);
        }

        @Override
        public String missed(String within) {
            int matched = matcher.matched();
            return (matched == 0
                            ? "no line of output matched '" + log.pattern() + "'"
                            : matched + " of " + log.count() + " lines of output matched '" + log.pattern() + "'")
                    + within
                    + (matcher.tooCostly()
                            ? ", and for some it takes too long to tell: write it without nested repeats"
                            : "")
                    + ". Check workload.ready.log";
        }
    }
}
