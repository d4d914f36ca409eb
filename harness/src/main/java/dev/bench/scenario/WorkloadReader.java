package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.Signals;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Declares and reads what is launched, but for where its image comes from and what counts as ready. */
final class WorkloadReader {
    private static final Key<List<String>> COMMAND =
            Key.of("command", Forms.texts("[nginx, -g, \"daemon off;\"]"), "Replaces ENTRYPOINT and CMD.");

    private static final Key<YamlMap> ENV = Key.of(
            "env",
            Forms.named(
                    "is no name for an environment variable; give one that is not empty and has no =",
                    Predicate.not(name -> name.isEmpty() || name.indexOf('=') >= 0),
                    "^[^=]+$",
                    Forms.scalar().schema()),
            "Added to ENV.");

    private static final Key<String> USER = Key.of("user", Forms.scalar(), "Replaces USER.");

    private static final Key<String> DIRECTORY =
            Key.of("workdir", Forms.text("an absolute path such as /srv", "/.*"), "Replaces WORKDIR; absolute.");

    private static final Key<String> STOP_SIGNAL = Key.of("stop_signal", Forms.scalar(), "Replaces STOPSIGNAL.");

    static final Key<YamlMap> WORKLOAD = Key.of(
                    "workload",
                    Forms.mapping(Keys.of(
                            ImageReader.WORKLOAD_IMAGE,
                            StackReader.COMPOSE,
                            StackReader.FRONT,
                            StackReader.IMAGES,
                            COMMAND,
                            ENV,
                            USER,
                            DIRECTORY,
                            STOP_SIGNAL,
                            ReadinessReader.READY)),
                    "What is launched, the same on every target.")
            .required("give image and ready");

    private WorkloadReader() {}

    /** Tells whether a key says something of a single program, which a Compose file says of each service. */
    static boolean isOfOneProgram(String key) {
        return Stream.of(ImageReader.WORKLOAD_IMAGE, COMMAND, ENV, USER, DIRECTORY, STOP_SIGNAL)
                .anyMatch(each -> each.name().equals(key));
    }

    static ConfigOverrides overrides(YamlMap workload) {
        return new ConfigOverrides(
                COMMAND.find(workload),
                environment(workload),
                USER.find(workload),
                DIRECTORY.find(workload),
                stopSignal(workload));
    }

    private static List<String> environment(YamlMap workload) {
        YamlMap map = ENV.in(workload);
        List<String> environment = new ArrayList<>();
        map.keys().forEach(key -> environment.add(key + "=" + map.text(key, "")));
        return environment;
    }

    private static @Nullable String stopSignal(YamlMap workload) {
        String signal = STOP_SIGNAL.find(workload);
        if (signal != null) {
            try {
                Signals.number(signal);
            } catch (IllegalArgumentException e) {
                workload.reject(STOP_SIGNAL.name(), String.valueOf(e.getMessage()));
            }
        }
        return signal;
    }
}
