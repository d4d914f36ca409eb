package dev.bench.scenario;

import dev.bench.grammar.Key;
import dev.bench.grammar.Problem;
import dev.bench.grammar.YamlMap;
import dev.bench.measure.Measure;
import dev.bench.measure.Measures;
import dev.bench.measure.ScenarioView;
import dev.bench.plan.MeasureSettings;
import dev.bench.probe.Probes;
import dev.bench.result.FileFault;
import dev.bench.target.Drivers;
import dev.bench.target.Faculty;
import dev.bench.target.ImageBuilder;
import dev.bench.target.OptionSpec;
import dev.bench.target.StartMode;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Limits;
import dev.bench.workload.Readiness;
import dev.bench.workload.Stack;
import dev.bench.workload.Workload;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenario files. Of the host only the files are looked at that the scenario names: whether it can hold what is asked
 * for is {@link HostFit}'s question.
 */
public final class ScenarioReader {
    private static final long LARGEST_FILE = 1 << 20;

    /** Stands in for an image until all faults are found. */
    static final ImageSource NO_IMAGE = () -> "";

    private final List<TargetDriver> drivers;
    private final ScenarioKeys keys;

    /** Creates a reader that accepts targets of these drivers. */
    public ScenarioReader(List<TargetDriver> drivers) {
        this.drivers = sorted(drivers);
        this.keys = new ScenarioKeys(this.drivers);
    }

    static List<TargetDriver> sorted(List<TargetDriver> drivers) {
        return drivers.stream().sorted(Comparator.comparing(TargetDriver::key)).toList();
    }

    /**
     * Reads a file.
     *
     * @throws ScenarioException with every fault of it
     */
    public ScenarioSpec read(Path file) throws ScenarioException {
        List<Problem> problems = new ArrayList<>();
        String text = text(file);
        YamlMap written = YamlMap.of(text, problems);
        if (!problems.isEmpty() && written.keys().isEmpty()) {
            throw new ScenarioException(file, problems);
        }
        YamlMap top = keys.all().check(written);
        Path directory = file.toAbsolutePath().normalize().getParent();
        Path base = directory == null ? Path.of("/") : directory;
        Measure measure = measure(top);
        Optional<StackReader.Read> stack = stack(top, measure, base);
        Workload named = stack.map(StackReader.Read::workload).orElseGet(() -> workload(top, measure, base));
        MeasureSettings settings = measure.read(settings(top, measure), view(top, named, base));
        Workload workload = top.has(WorkloadReader.WORKLOAD.name())
                ? named
                : measure.workload(settings).orElse(named);
        ImageSource image = workload.image();
        YamlMap limits = ScenarioKeys.LIMITS.in(top);
        Limits size = new Limits(ScenarioKeys.CPUS.in(limits), ScenarioKeys.MEMORY.in(limits));
        List<TargetDefinition> targets = targets(top, measure, workload, size);
        if (measure.wantsFreshPlaces(settings)) {
            requireFreshPlaces(top, targets);
        }
        YamlMap plan = ScenarioKeys.PLAN.in(top);
        ScenarioSpec spec = new ScenarioSpec(
                file.toAbsolutePath().normalize(),
                text,
                ScenarioKeys.NAME.in(top),
                ScenarioKeys.DESCRIPTION.in(top),
                measure.id(),
                settings,
                workload,
                size,
                targets,
                new ScheduleSpec(
                        ScenarioKeys.BLOCKS.find(plan),
                        ScenarioKeys.WARMUP_BLOCKS.find(plan),
                        ScenarioKeys.SESSIONS.find(plan),
                        ScenarioKeys.SEED.find(plan),
                        ScenarioKeys.PAUSE.find(plan)),
                reference(plan, targets),
                ScenarioKeys.CONTROL.find(plan),
                gate(top, measure, targets, new BaselineReader(drivers, base, image)),
                new ClaimsReader(measure, targets).read(top));
        List<Problem> ofStack = stack.map(StackReader.Read::problems).orElse(List.of());
        if (!problems.isEmpty() || !ofStack.isEmpty()) {
            problems.sort(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column));
            throw new ScenarioException(
                    file,
                    problems.stream().distinct().toList(),
                    stack.map(StackReader.Read::file).orElse(file),
                    ofStack);
        }
        return spec;
    }

    /** Reads the services of an application, where the measure is of several. */
    private static Optional<StackReader.Read> stack(YamlMap top, Measure measure, Path base) {
        if (!measure.takes(Faculty.STACK)) {
            YamlMap map = top.map(WorkloadReader.WORKLOAD.name());
            StackReader.KEYS.stream()
                    .filter(map.keys()::contains)
                    .forEach(key -> map.rejectKey(
                            key,
                            "goes with a measure that " + Faculty.STACK.verb() + " only: " + measures(Faculty.STACK)));
            return Optional.empty();
        }
        YamlMap map = WorkloadReader.WORKLOAD.in(top);
        map.keys().stream()
                .filter(WorkloadReader::isOfOneProgram)
                .forEach(key -> map.rejectKey(
                        key,
                        "does not go with measure: " + measure.id()
                                + ", whose Compose file says it of each service; leave it out"));
        return Optional.of(new StackReader(map, base, System.getenv()).read());
    }

    /** Reads what is launched; a measure that starts programs of its own takes an image that has them, and may do without. */
    private static Workload workload(YamlMap top, Measure measure, Path base) {
        Optional<Workload> own = measure.workload();
        if (own.isPresent() && !top.has(WorkloadReader.WORKLOAD.name())) {
            return own.get();
        }
        YamlMap map = WorkloadReader.WORKLOAD.in(top);
        ImageSource image =
                ImageReader.read(ImageReader.WORKLOAD_IMAGE, map, base).orElse(NO_IMAGE);
        if (own.isEmpty()) {
            return new Workload(image, WorkloadReader.overrides(map), ReadinessReader.read(map));
        }
        map.keys().stream()
                .filter(key -> !key.equals(ImageReader.WORKLOAD_IMAGE.name()))
                .forEach(key -> map.rejectKey(
                        key,
                        "does not go with measure: " + measure.id()
                                + ", which starts a program of its own; leave it out"));
        return new Workload(image, own.get().overrides(), own.get().readiness());
    }

    private static ScenarioView view(YamlMap top, Workload workload, Path base) {
        return new ScenarioView(
                top,
                top.map(WorkloadReader.WORKLOAD.name()),
                workload.readiness(),
                workload.image(),
                workload.stack(),
                base);
    }

    /** Reads the targets; options of a faculty go with a measure of it only, which takes targets that have it. */
    private List<TargetDefinition> targets(YamlMap top, Measure measure, Workload workload, Limits limits) {
        Stack stack = workload.stack();
        List<TargetDefinition> targets = keys.targets().in(top);
        YamlMap written = top.map(keys.targets().name());
        List<TargetDefinition> checked = new ArrayList<>();
        for (TargetDefinition target : targets) {
            YamlMap options = written.map(target.name()).map(target.driver());
            TargetDriver driver = Drivers.of(drivers, target);
            TargetDefinition known = target;
            for (Faculty faculty : Faculty.values()) {
                Optional<List<OptionSpec>> own = driver.options(faculty);
                if (!measure.takes(faculty)) {
                    known = without(known, options, faculty, own.orElse(List.of()));
                } else if (own.isEmpty() && !faculty.isOptional()) {
                    written.reject(
                            target.name(),
                            "has no " + faculty.noun() + ", which measure: " + measure.id() + " takes; give one of "
                                    + having(faculty));
                }
            }
            if (measure.takes(Faculty.BUILD)) {
                requireDockerfile(options, target, workload.image());
            }
            requireQuestion(options, known, workload.readiness());
            TargetDefinition whole = known;
            driver.fault(whole)
                    .or(() -> driver.fault(whole, limits))
                    .ifPresent(fault -> options.reject(fault.key(), fault.message()));
            if (stack != null) {
                driver.fault(known, stack).ifPresent(fault -> options.reject(fault.key(), fault.message()));
            }
            checked.add(known);
        }
        return checked;
    }

    private void requireFreshPlaces(YamlMap top, List<TargetDefinition> targets) {
        YamlMap written = top.map(keys.targets().name());
        for (TargetDefinition target : targets) {
            YamlMap options = written.map(target.name()).map(target.driver());
            Drivers.of(drivers, target)
                    .notFresh(target)
                    .ifPresent(fault -> options.reject(fault.key(), fault.message()));
        }
    }

    private String having(Faculty faculty) {
        return drivers.stream()
                .filter(driver -> driver.options(faculty).isPresent())
                .map(TargetDriver::key)
                .collect(Collectors.joining(", "));
    }

    private static TargetDefinition without(
            TargetDefinition target, YamlMap options, Faculty faculty, List<OptionSpec> foreign) {
        List<String> names = foreign.stream().map(OptionSpec::key).toList();
        names.stream()
                .filter(options::has)
                .forEach(option -> options.reject(
                        option, "goes with a measure that " + faculty.verb() + " only: " + measures(faculty)));
        Map<String, String> rest = new LinkedHashMap<>(target.options());
        rest.keySet().removeAll(names);
        return new TargetDefinition(target.name(), target.driver(), rest);
    }

    private static String measures(Faculty faculty) {
        return Measures.all().stream()
                .filter(measure -> measure.takes(faculty))
                .map(measure -> "measure: " + measure.id())
                .collect(Collectors.joining(", "));
    }

    /** What was logged, or ended, before an instance was kept does not come again; only an answer shows that it goes on. */
    private static void requireQuestion(YamlMap options, TargetDefinition target, Readiness readiness) {
        if (StartMode.of(target) != StartMode.COLD && !Probes.asks(readiness)) {
            options.reject(
                    StartMode.KEY,
                    "'" + target.option(StartMode.KEY)
                            + "' needs a workload that is asked whether it is ready; give one of "
                            + String.join(
                                    ", ",
                                    Probes.asking().stream()
                                            .map(key -> "ready." + key)
                                            .toList())
                            + ", or start: " + StartMode.COLD.label());
        }
    }

    private static void requireDockerfile(YamlMap options, TargetDefinition target, ImageSource image) {
        String key = ImageBuilder.dockerfileOption().key();
        String name = target.option(key);
        if (options.has(key) && image instanceof ImageSource.Dockerfile dockerfile) {
            Path file = dockerfile.directory().resolve(name).normalize();
            if (!file.startsWith(dockerfile.directory()) || !Files.isRegularFile(file)) {
                options.reject(key, "there is no file " + name + " in " + dockerfile.directory());
            }
        }
    }

    /** Returns the measure that is named, or the usual one; settings of another are faults. */
    private static Measure measure(YamlMap top) {
        Measure chosen = Measures.find(ScenarioKeys.MEASURE.in(top)).orElseThrow();
        boolean known = Measures.find(top.text(ScenarioKeys.MEASURE.name(), chosen.id()))
                .isPresent();
        for (Measure other : Measures.all()) {
            if (other != chosen && known) {
                names(other).stream()
                        .filter(top::has)
                        .forEach(name -> top.reject(name, "goes with measure: " + other.id() + " only"));
            }
        }
        return chosen;
    }

    private static List<String> names(Measure measure) {
        List<String> names = new ArrayList<>();
        measure.key().map(Key::name).ifPresent(names::add);
        measure.formerKey().ifPresent(names::add);
        return names;
    }

    private static YamlMap settings(YamlMap top, Measure measure) {
        List<String> written = names(measure).stream().filter(top::has).toList();
        if (written.size() > 1) {
            top.rejectKey(
                    written.get(1), "is the former name of " + written.get(0) + ", which is there too; keep that");
        }
        String name = written.isEmpty() ? measure.key().map(Key::name).orElse(measure.id()) : written.get(0);
        return measure.key()
                .map(key -> name.equals(key.name()) ? key : key.formerly(name))
                .map(key -> key.in(top))
                .orElseGet(() -> top.map(name));
    }

    private static @Nullable String reference(YamlMap plan, List<TargetDefinition> targets) {
        String reference = ScenarioKeys.REFERENCE.find(plan);
        List<String> names = targets.stream().map(TargetDefinition::name).toList();
        if (reference != null && !names.contains(reference)) {
            plan.reject(
                    ScenarioKeys.REFERENCE.name(),
                    "'" + reference + "' is not a target; give one of " + String.join(", ", names));
        }
        return reference;
    }

    private @Nullable GateSpec gate(
            YamlMap top, Measure measure, List<TargetDefinition> targets, BaselineReader baselines) {
        if (!top.has(keys.gate().name())) {
            return null;
        }
        return new GateReader(baselines).read(keys.gate().in(top), measure, targets);
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
            throw whole(file, "is not UTF-8 text; save it as UTF-8, or name a scenario file");
        } catch (IOException e) {
            throw whole(file, "cannot be read (" + FileFault.reason(e) + "); name a scenario file");
        }
    }

    private static ScenarioException whole(Path file, String message) {
        return new ScenarioException(file, List.of(new Problem(1, 1, "", message)));
    }
}
