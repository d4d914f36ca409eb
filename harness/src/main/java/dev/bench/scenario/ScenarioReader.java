package dev.bench.scenario;

import dev.bench.result.FileFault;
import dev.bench.result.Measure;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Measurement;
import dev.bench.workload.Readiness;
import dev.bench.workload.Signals;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads scenario files. */
public final class ScenarioReader {
    static final List<String> TOP = List.of(
            "name",
            "description",
            "measure",
            "memory",
            ScaleOutReader.KEY,
            "workload",
            "limits",
            "targets",
            "plan",
            GateReader.KEY);
    /** Keys at the top that begin so are for the file's own anchors, as in other formats; nothing reads them. */
    static final String EXTENSION = "x-";

    static final List<String> MEMORY = List.of("instances", "load", "floor");
    static final List<String> LOAD = List.of("requests");
    /** The lab has 241 addresses; a few are in use beside those of the instances. */
    static final int MOST_INSTANCES = 200;

    static final int MOST_REQUESTS = 1_000_000;
    static final List<String> WORKLOAD = List.of("image", "command", "env", "user", "workdir", "stop_signal", "ready");
    static final List<String> LIMITS = List.of("cpus", "memory");
    /** The most blocks of a session. */
    public static final int MOST_BLOCKS = 10_000;

    /** The most sessions. */
    public static final int MOST_SESSIONS = 20;

    static final List<String> PLAN =
            List.of("blocks", "warmup_blocks", "sessions", "seed", "reference", "control", "pause");
    static final int MOST_LINES = 1_000_000;
    /** What is below is no final answer. */
    static final int LEAST_STATUS = 200;

    static final String PATH_FORM = "a path that begins with / and holds no space";
    static final String HOST_PATTERN = "[A-Za-z0-9._:\\[\\]-]{0,255}";
    static final List<String> PROBES = List.of("http", "tcp", "log", "exit", "redis", "postgres");
    static final List<String> MEASURES =
            Arrays.stream(Measure.values()).map(Measure::label).toList();
    static final String NAME_PATTERN = "[a-z0-9][a-z0-9-]{0,39}";

    private static final long LARGEST_FILE = 1 << 20;
    private static final long LEAST_MEMORY = 32L << 20;
    private static final List<String> KEYS_OF_READY = plus(PROBES, "timeout");

    private final List<TargetDriver> drivers;

    /** Creates a reader that accepts targets of these drivers. */
    public ScenarioReader(List<TargetDriver> drivers) {
        this.drivers =
                drivers.stream().sorted(Comparator.comparing(TargetDriver::key)).toList();
    }

    /**
     * Reads a file.
     *
     * @throws ScenarioException with every fault of it
     */
    public ScenarioSpec read(Path file) throws ScenarioException {
        List<Problem> problems = new ArrayList<>();
        String text = text(file);
        Node root = compose(file, text);
        YamlMap top = new YamlMap(root, "", problems);
        top.ignore(EXTENSION);
        top.accept(TOP);
        String name = name(top, "name");
        if (!top.has("workload")) {
            top.reject("workload", "is missing; give image and ready");
        }
        YamlMap workload = top.map("workload");
        workload.accept(WORKLOAD);
        Path directory = file.toAbsolutePath().normalize().getParent();
        Path base = directory == null ? Path.of("/") : directory;
        ImageSource image = ImageReader.read(workload, base);
        Readiness readiness = readiness(workload);
        Limits limits = limits(top.map("limits"));
        List<TargetDefinition> targets = targets(top);
        Measurement measurement = measurement(top, readiness, limits, targets);
        if (measurement instanceof Measurement.Memory memory) {
            checkReadiness(top, workload, memory, readiness);
        }
        YamlMap plan = top.map("plan");
        plan.accept(PLAN);
        String reference = plan.text("reference");
        if (reference != null
                && targets.stream().noneMatch(target -> target.name().equals(reference))) {
            plan.reject(
                    "reference",
                    "'" + reference + "' is not a target; give one of "
                            + String.join(
                                    ", ",
                                    targets.stream().map(TargetDefinition::name).toList()));
        }
        ScenarioSpec spec = new ScenarioSpec(
                file.toAbsolutePath().normalize(),
                text,
                name,
                top.text("description", ""),
                measurement,
                image,
                workload.list("command", "[nginx, -g, \"daemon off;\"]"),
                environment(workload.map("env")),
                workload.text("user"),
                workingDirectory(workload),
                stopSignal(workload),
                readiness,
                limits,
                targets,
                integer(plan.whole("blocks", 1, MOST_BLOCKS)),
                integer(plan.whole("warmup_blocks", 1, 10)),
                integer(plan.whole("sessions", 1, MOST_SESSIONS)),
                plan.whole("seed", Long.MIN_VALUE, Long.MAX_VALUE),
                reference,
                plan.flag("control"),
                plan.parse("pause", Units.DURATION_FORM, Units::duration),
                top.has(GateReader.KEY)
                        ? new GateReader(new BaselineReader(drivers, base, image))
                                .read(top.map(GateReader.KEY), measurement.measure(), targets)
                        : null);
        if (!problems.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ScenarioException(file, problems);
        }
        return spec;
    }

    private Measurement measurement(YamlMap top, Readiness readiness, Limits limits, List<TargetDefinition> targets) {
        String label = top.text("measure", Measure.STARTUP.label());
        Optional<Measure> measure = Measure.byLabel(label);
        if (measure.isEmpty()) {
            top.reject(
                    "measure",
                    "'" + label + "' is not measured by this version; give one of " + String.join(", ", MEASURES));
        }
        Measure chosen = measure.orElse(Measure.STARTUP);
        Map<String, Measure> settings = Map.of("memory", Measure.MEMORY, ScaleOutReader.KEY, Measure.SCALE_OUT);
        settings.forEach((key, owner) -> {
            if (measure.isPresent() && owner != chosen && top.has(key)) {
                top.reject(key, "goes with measure: " + owner.label() + " only");
            }
        });
        return switch (chosen) {
            case STARTUP -> new Measurement.Startup();
            case MEMORY -> memory(top.map("memory"));
            case SCALE_OUT -> new ScaleOutReader(drivers, readiness, limits, targets).read(top);
        };
    }

    private static Measurement memory(YamlMap map) {
        map.accept(MEMORY);
        YamlMap load = map.map("load");
        load.accept(LOAD);
        if (map.has("load") && !load.has("requests")) {
            load.reject("requests", "is missing; give a whole number from 1 to " + MOST_REQUESTS);
        }
        Integer requests = integer(load.whole("requests", 1, MOST_REQUESTS));
        return new Measurement.Memory(
                instances(map), requests == null ? 0 : requests, map.parse("floor", Units.SIZE_FORM, Units::bytes));
    }

    private static List<Integer> instances(YamlMap map) {
        List<String> texts = map.list("instances", Defaults.INSTANCES.toString());
        if (texts == null) {
            return Defaults.INSTANCES;
        }
        List<Integer> steps = new ArrayList<>();
        for (String text : texts) {
            int step = text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 0;
            if (step < 1 || step > MOST_INSTANCES || (!steps.isEmpty() && step <= steps.get(steps.size() - 1))) {
                map.reject(
                        "instances",
                        "'" + text + "' is not accepted; give whole numbers from 1 to " + MOST_INSTANCES
                                + ", each larger than the one before, such as " + Defaults.INSTANCES);
                return Defaults.INSTANCES;
            }
            steps.add(step);
        }
        return steps.isEmpty() ? Defaults.INSTANCES : steps;
    }

    /** A workload that has ended holds no memory, and only HTTP can be asked for again and again. */
    private static void checkReadiness(YamlMap top, YamlMap workload, Measurement.Memory memory, Readiness readiness) {
        if (readiness instanceof Readiness.Exit && workload.has("ready")) {
            workload.reject("ready", "exit does not go with measure: memory; a workload that has ended holds none");
        }
        if (memory.requests() > 0 && !(readiness instanceof Readiness.Http)) {
            top.reject(Measure.MEMORY.label(), "load sends HTTP requests; it goes with ready: http only");
        }
    }

    private static String text(Path file) throws ScenarioException {
        try {
            if (Files.isDirectory(file)) {
                throw whole(file, "is a directory; name a scenario file");
            }
            if (Files.size(file) > LARGEST_FILE) {
                throw whole(file, "is larger than 1 MiB; a scenario is a page of YAML");
            }
            return Files.readString(file);
        } catch (NoSuchFileException e) {
            throw whole(file, "no such file; the scenarios that come with the tool are in its directory `scenarios`");
        } catch (CharacterCodingException e) {
            throw whole(file, "is not UTF-8 text; name a scenario file");
        } catch (IOException e) {
            throw whole(file, "cannot be read (" + FileFault.reason(e) + "); name a scenario file");
        }
    }

    private static ScenarioException whole(Path file, String message) {
        return new ScenarioException(file, List.of(new Problem(1, 1, "", message)));
    }

    private static Node compose(Path file, String text) throws ScenarioException {
        LoaderOptions options = new LoaderOptions();
        options.setMaxAliasesForCollections(20);
        try {
            Node root = new Yaml(options).compose(new StringReader(text));
            if (root == null) {
                throw whole(file, "is empty; give name, workload and targets");
            }
            return root;
        } catch (MarkedYAMLException e) {
            Mark mark = e.getProblemMark();
            String problem = "is not YAML here: " + e.getProblem();
            throw mark == null
                    ? whole(file, problem)
                    : new ScenarioException(
                            file, List.of(new Problem(mark.getLine() + 1, mark.getColumn() + 1, "", problem)));
        } catch (YAMLException e) {
            throw whole(file, "cannot be taken as YAML: " + e.getMessage());
        }
    }

    private static String name(YamlMap map, String key) {
        String name = map.required(key, "a name of lower-case letters, digits and hyphens");
        if (!name.isEmpty() && !name.matches(NAME_PATTERN)) {
            map.reject(key, "'" + name + "' is not accepted; give lower-case letters, digits and hyphens, 40 at most");
        }
        return name;
    }

    private static List<String> environment(YamlMap map) {
        List<String> environment = new ArrayList<>();
        for (String key : map.keys()) {
            if (key.isEmpty() || key.indexOf('=') >= 0) {
                map.rejectKey(key, "is no name for an environment variable; give one that is not empty and has no =");
            }
            environment.add(key + "=" + map.text(key, ""));
        }
        return environment;
    }

    private static @Nullable String stopSignal(YamlMap workload) {
        String signal = workload.text("stop_signal");
        if (signal != null) {
            try {
                Signals.number(signal);
            } catch (IllegalArgumentException e) {
                workload.reject("stop_signal", String.valueOf(e.getMessage()));
            }
        }
        return signal;
    }

    private static @Nullable String workingDirectory(YamlMap workload) {
        return workload.parse(
                "workdir",
                "an absolute path such as /srv",
                text -> text.startsWith("/") ? Optional.of(text) : Optional.empty());
    }

    private static Readiness readiness(YamlMap workload) {
        Readiness none = new Readiness.Exit(0, Duration.ZERO);
        if (!workload.has("ready")) {
            workload.reject("ready", "is missing; give one of " + String.join(", ", PROBES));
            return none;
        }
        YamlMap ready = workload.map("ready");
        ready.accept(KEYS_OF_READY);
        Duration timeout = ready.parse("timeout", Units.DURATION_FORM, Units::duration);
        if (timeout != null && timeout.isZero()) {
            ready.reject("timeout", "must be more than 0 and at most 60m");
        }
        Duration within = timeout == null ? Defaults.READY_TIMEOUT : timeout;
        List<String> given = PROBES.stream().filter(ready.keys()::contains).toList();
        if (given.size() != 1) {
            workload.reject(
                    "ready",
                    given.isEmpty()
                            ? "names no probe; give one of " + String.join(", ", PROBES)
                            : "names " + String.join(" and ", given) + "; keep one");
            return none;
        }
        return switch (given.get(0)) {
            case "http" -> http(ready.map("http"), within);
            case "tcp" -> tcp(ready.map("tcp"), within);
            case "log" -> log(ready, within);
            case "exit" -> exit(ready, within);
            case "redis" -> redis(ready.map("redis"), within);
            default -> postgres(ready.map("postgres"), within);
        };
    }

    private static Readiness http(YamlMap map, Duration within) {
        map.accept(List.of("port", "path", "status", "contains", "host"));
        String path = map.text("path", "/");
        if (!isPath(path)) {
            map.reject("path", "'" + path + "' is not accepted; give " + PATH_FORM);
        }
        String host = map.text("host", "");
        if (!host.matches(HOST_PATTERN)) {
            map.reject("host", "'" + host + "' is not accepted; give a name such as app.example.com or name:port");
        }
        Long status = map.whole("status", LEAST_STATUS, 599);
        return new Readiness.Http(
                port(map, 80), path, status == null ? 200 : status.intValue(), map.text("contains", ""), host, within);
    }

    /** Tells whether a text can stand in a request line as it is (RFC 9112, 3.2). */
    static boolean isPath(String text) {
        return text.startsWith("/") && text.chars().allMatch(character -> character > ' ' && character < 127);
    }

    private static Readiness tcp(YamlMap map, Duration within) {
        map.accept(List.of("port", "send", "expect"));
        if (!map.has("port")) {
            map.reject("port", "is missing; give a whole number from 1 to 65535");
        }
        return new Readiness.Tcp(
                port(map, 0),
                map.text("send", ""),
                map.required("expect", "the text an answer starts with: an open port alone is no sign of readiness"),
                within);
    }

    private static Readiness log(YamlMap ready, Duration within) {
        String pattern;
        int count = 1;
        if (ready.isMap("log")) {
            YamlMap map = ready.map("log");
            map.accept(List.of("pattern", "count"));
            pattern = map.required("pattern", "a regular expression");
            Integer given = integer(map.whole("count", 1, MOST_LINES));
            count = given == null ? 1 : given;
        } else {
            pattern = ready.required("log", "a regular expression");
        }
        try {
            Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            ready.reject("log", "'" + pattern + "' is not a regular expression: " + e.getDescription());
            return new Readiness.Log("", count, within);
        }
        return new Readiness.Log(pattern, count, within);
    }

    private static Readiness exit(YamlMap ready, Duration within) {
        Long status = ready.whole("exit", 0, 255);
        return new Readiness.Exit(status == null ? 0 : status.intValue(), within);
    }

    private static Readiness redis(YamlMap map, Duration within) {
        map.accept(List.of("port"));
        return new Readiness.Redis(port(map, 6379), within);
    }

    private static Readiness postgres(YamlMap map, Duration within) {
        map.accept(List.of("port", "user", "database"));
        return new Readiness.Postgres(
                port(map, 5432), map.text("user", "postgres"), map.text("database", "postgres"), within);
    }

    private static int port(YamlMap map, int fallback) {
        Long port = map.whole("port", 1, 65_535);
        return port == null ? fallback : port.intValue();
    }

    private static Limits limits(YamlMap map) {
        map.accept(LIMITS);
        Double cpus = map.decimal("cpus", 0.01, 1024);
        Long memory = map.parse(
                "memory",
                Units.SIZE_EXAMPLE + ", from 32MiB to 1024GiB",
                text -> Units.bytes(text).filter(bytes -> bytes >= LEAST_MEMORY));
        return new Limits(cpus == null ? Defaults.CPUS : cpus, memory == null ? Defaults.MEMORY_BYTES : memory);
    }

    private List<TargetDefinition> targets(YamlMap top) {
        YamlMap map = top.map("targets");
        List<TargetDefinition> targets = new ArrayList<>();
        if (map.keys().isEmpty()) {
            top.reject("targets", "is missing; name at least one, such as `container: {docker: {}}`");
        }
        for (String name : map.keys()) {
            if (!name.matches(NAME_PATTERN)) {
                map.reject(name, "is not a name for a target; give lower-case letters, digits and hyphens");
            }
            target(map, name).ifPresent(targets::add);
        }
        return targets;
    }

    private Optional<TargetDefinition> target(YamlMap map, String name) {
        YamlMap target = map.map(name);
        List<String> keys = drivers.stream().map(TargetDriver::key).toList();
        target.accept(keys);
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
                map.reject(name, "names no engine; give one of " + String.join(", ", keys));
            }
            return meant.map(driver ->
                    new TargetDefinition(name, driver.key(), OptionReader.all(driver, target.map(driver.key()))));
        }
        TargetDriver driver = given.get(0);
        return Optional.of(
                new TargetDefinition(name, driver.key(), OptionReader.all(driver, target.map(driver.key()))));
    }

    private static @Nullable Integer integer(@Nullable Long number) {
        return number == null ? null : Math.toIntExact(number);
    }

    private static List<String> plus(List<String> list, String last) {
        List<String> longer = new ArrayList<>(list);
        longer.add(last);
        return List.copyOf(longer);
    }
}
