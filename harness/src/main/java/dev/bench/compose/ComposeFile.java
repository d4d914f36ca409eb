package dev.bench.compose;

import dev.bench.grammar.Problem;
import dev.bench.grammar.YamlNode;
import dev.bench.workload.Dependency;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Mount;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads Compose files. Whatever a file holds is heeded, or said to have no effect here, or refused with its place: nothing is
 * ignored in silence. Of the host only the files are looked at that it names.
 */
public final class ComposeFile {
    private static final long LARGEST_FILE = 1 << 20;
    private static final String DEFAULT_NETWORK = "default";
    private static final String LEAVE = "; leave it out";

    private final Path file;
    private final Map<String, String> environment;
    private final List<Problem> problems = new ArrayList<>();
    private final Set<String> references = new TreeSet<>();

    /**
     * Names a file.
     *
     * @param file absolute
     * @param environment variables that its {@code ${NAME}} stand for, before those of {@code .env} beside it
     */
    public ComposeFile(Path file, Map<String, String> environment) {
        this.file = file;
        this.environment = Map.copyOf(environment);
    }

    /**
     * Reads it.
     *
     * @param front name of the service that the application is asked by
     * @param images what stands for an image that it names, by the reference
     * @return the application; empty where the file has faults
     */
    public Optional<Stack> read(String front, Map<String, ImageSource> images) {
        Optional<YamlNode> root = text().flatMap(text -> YamlNode.of(text, problems));
        if (root.isEmpty() || !problems.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> variables = variables();
        YamlNode interpolated = interpolated(root.get(), variables);
        if (!problems.isEmpty()) {
            return Optional.empty();
        }
        Stack stack = stack(new Located(interpolated, "", problems), front, images, variables);
        if (problems.isEmpty()) {
            problems.addAll(ComposeSchema.problems(interpolated));
        }
        return problems.isEmpty() ? Optional.of(stack) : Optional.empty();
    }

    /** Returns what is wrong with it, in the order of the file, once it was read. */
    public List<Problem> problems() {
        return problems.stream()
                .distinct()
                .sorted(Comparator.comparingInt(Problem::line).thenComparingInt(Problem::column))
                .toList();
    }

    /** Returns the image references that it has, once it was read. */
    public Set<String> references() {
        return Collections.unmodifiableSet(references);
    }

    private Optional<String> text() {
        try {
            if (!Files.isRegularFile(file)) {
                whole("is not a file; name a Compose file");
            } else if (Files.size(file) > LARGEST_FILE) {
                whole("is larger than 1 MiB; name a Compose file");
            } else {
                return Optional.of(Files.readString(file));
            }
        } catch (CharacterCodingException e) {
            whole("is not UTF-8 text; save it as UTF-8, or name a Compose file");
        } catch (IOException e) {
            whole("cannot be read: " + e.getMessage());
        }
        return Optional.empty();
    }

    private void whole(String message) {
        problems.add(new Problem(1, 1, "", message));
    }

    private Path directory() {
        Path parent = file.getParent();
        return parent == null ? Path.of("/") : parent;
    }

    private Map<String, String> variables() {
        Map<String, String> variables = new HashMap<>();
        Path dotEnv = directory().resolve(".env");
        if (Files.isRegularFile(dotEnv)) {
            try {
                variables.putAll(EnvFile.read(Files.readString(dotEnv), environment));
            } catch (IllegalArgumentException | IOException e) {
                whole(dotEnv + ": " + e.getMessage());
            }
        }
        variables.putAll(environment);
        return variables;
    }

    private YamlNode interpolated(YamlNode root, Map<String, String> variables) {
        Interpolation interpolation = new Interpolation(variables);
        return root.replacing(place -> {
            try {
                return interpolation.apply(place.text());
            } catch (IllegalArgumentException e) {
                problems.add(new Problem(place.line(), place.column(), "", "'" + place.text() + "' " + e.getMessage()));
                return place.text();
            }
        });
    }

    private Stack stack(Located top, String front, Map<String, ImageSource> images, Map<String, String> variables) {
        top.accept(
                List.of("configs", "name", "networks", "secrets", "services", "version", "volumes"),
                Map.of(
                        "include",
                        "one file is read; put its services into this one",
                        "models",
                        "services only are started" + LEAVE));
        Surroundings.Notes notes = new Surroundings.Notes();
        Map<String, String> external = new TreeMap<>();
        Surroundings around = new Surroundings(
                directory(),
                variables,
                images,
                networks(top, notes),
                volumes(top, external, notes),
                files(top, "secrets", notes),
                files(top, "configs", notes),
                notes);
        Map<String, Service> services = new LinkedHashMap<>();
        Map<String, Located> places = top.at("services").entries();
        places.forEach((name, place) -> {
            services.put(name, new ServiceReader(name, place, around).read());
            if (place.has("image")) {
                references.add(place.at("image").text());
            }
        });
        if (services.isEmpty()) {
            top.reject("has no services; give one at least");
        }
        StartOrder order = new StartOrder(edges(services));
        requireDependencies(services, places, order);
        requirePorts(places);
        requireNames(services, places);
        requireFront(top, front, services);
        return new Stack(
                name(top, variables),
                order.order().stream().map(services::get).toList(),
                around.volumes().stream()
                        .filter(volume -> !external.containsKey(volume) && uses(services.values(), volume))
                        .toList(),
                external.entrySet().stream()
                        .filter(volume -> uses(services.values(), volume.getKey()))
                        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)),
                front,
                notes.all());
    }

    private static boolean uses(Collection<Service> services, String volume) {
        return services.stream()
                .flatMap(service -> service.mounts().stream())
                .anyMatch(mount ->
                        mount.kind() == Mount.Kind.VOLUME && mount.source().equals(volume));
    }

    private String name(Located top, Map<String, String> variables) {
        String name = top.text("name");
        Path own = directory().getFileName();
        String usual = variables.getOrDefault("COMPOSE_PROJECT_NAME", own == null ? "stack" : own.toString());
        return (name == null ? usual : name).toLowerCase(Locale.ROOT);
    }

    private static Set<String> networks(Located top, Surroundings.Notes notes) {
        Set<String> names = new TreeSet<>();
        top.at("networks").entries().forEach((name, network) -> {
            network.accept(
                    List.of("attachable", "driver", "internal", "labels", "name"),
                    Map.of(
                            "external", "nothing outside of the file is there" + LEAVE,
                            "ipam", "addresses are the lab's" + LEAVE,
                            "driver_opts", "the network is the lab's" + LEAVE,
                            "enable_ipv6", "the network is the lab's" + LEAVE,
                            "enable_ipv4", "the network is the lab's" + LEAVE));
            String driver = network.text("driver");
            if (driver != null && !driver.equals("bridge") && !driver.equals("default")) {
                network.at("driver").reject("'" + driver + "' is not supported; give bridge, or leave it out");
            }
            names.add(name);
        });
        if (names.stream().anyMatch(name -> !name.equals(DEFAULT_NETWORK))) {
            notes.add("networks: all are the lab's own one, where the names of all services resolve");
        }
        return names;
    }

    /** Reads the names of volumes, and into a map the engine's names of those that it has anyway. */
    private static Set<String> volumes(Located top, Map<String, String> external, Surroundings.Notes notes) {
        Set<String> names = new TreeSet<>();
        top.at("volumes").entries().forEach((name, volume) -> {
            volume.accept(
                    List.of("driver", "external", "labels", "name"),
                    Map.of("driver_opts", "volumes are directories of the host" + LEAVE));
            String driver = volume.text("driver");
            if (driver != null && !driver.equals("local") && !driver.equals("default")) {
                volume.at("driver").reject("'" + driver + "' is not supported; give local, or leave it out");
            }
            if (volume.flag("external")) {
                external.put(name, volume.has("name") ? volume.text("name") : name);
                notes.add("external volumes: every trial has the engine's, with what it holds, and leaves it there");
            } else if (volume.has("name")) {
                notes.add("name of a volume: every trial has volumes of its own, by names of the run's");
            }
            names.add(name);
        });
        return names;
    }

    private Map<String, Path> files(Located top, String key, Surroundings.Notes notes) {
        Map<String, Path> files = new LinkedHashMap<>();
        top.at(key).entries().forEach((name, item) -> {
            item.accept(
                    List.of("file", "labels", "name"),
                    Map.of(
                            "external", "nothing outside of the file is there; give file",
                            "environment", "give file",
                            "content", "give file",
                            "driver", "give file",
                            "driver_opts", "give file",
                            "template_driver", "a file is taken as it is" + LEAVE));
            String written = item.text("file");
            if (written == null) {
                item.reject("has no file; give one");
                return;
            }
            Path path = directory().resolve(written).normalize();
            if (!Files.isRegularFile(path)) {
                item.at("file").reject(path + " is not a file; paths are taken from " + directory());
            }
            files.put(name, path);
        });
        return files;
    }

    /** Returns the services of the file that each depends on. */
    private static Map<String, List<String>> edges(Map<String, Service> services) {
        Map<String, List<String>> edges = new LinkedHashMap<>();
        services.forEach((name, service) -> edges.put(
                name,
                service.dependencies().stream()
                        .map(Dependency::service)
                        .filter(services::containsKey)
                        .toList()));
        return edges;
    }

    private static void requireDependencies(
            Map<String, Service> services, Map<String, Located> places, StartOrder order) {
        services.forEach((name, service) -> {
            Located place = Objects.requireNonNull(places.get(name), name);
            for (Dependency dependency : service.dependencies()) {
                Service other = services.get(dependency.service());
                if (other == null) {
                    place.rejectKey(
                            "depends_on",
                            "there is no service " + dependency.service() + "; there are "
                                    + String.join(", ", services.keySet()));
                    continue;
                }
                if (dependency.condition() == Dependency.Condition.HEALTHY && other.healthcheck() == null) {
                    place.rejectKey(
                            "depends_on",
                            "waits until " + other.name()
                                    + " is healthy, which has no healthcheck in this file; give it"
                                    + " one, or condition: service_started");
                }
            }
        });
        order.cycle().ifPresent(cycle -> {
            Located place = places.get(cycle.get(0));
            if (place != null) {
                place.rejectKey(
                        "depends_on",
                        "the services wait for each other: " + String.join(" -> ", cycle) + "; take one of them out");
            }
        });
    }

    private static void requirePorts(Map<String, Located> places) {
        Map<String, String> owners = new HashMap<>();
        places.forEach((name, place) -> {
            for (PortReader.Published published : PortReader.published(place)) {
                String owner = owners.putIfAbsent(published.port(), name);
                if (owner != null) {
                    published
                            .place()
                            .reject("the port " + published.port() + " of the host is published by " + owner
                                    + " already; give another one");
                }
            }
        });
    }

    private static void requireNames(Map<String, Service> services, Map<String, Located> places) {
        Map<String, String> owners = new HashMap<>();
        services.keySet().forEach(name -> owners.put(name, name));
        services.forEach((name, service) -> service.aliases().forEach(alias -> {
            String owner = owners.putIfAbsent(alias, name);
            Located place = places.get(name);
            if (owner != null && !owner.equals(name) && place != null) {
                place.reject("is called " + alias + " too, which names " + owner + " already; give another name");
            }
        }));
    }

    private static void requireFront(Located top, String front, Map<String, Service> services) {
        if (!services.isEmpty() && !services.containsKey(front)) {
            top.rejectKey(
                    "services",
                    "there is no service " + front + ", which the scenario names as workload.front; there are "
                            + String.join(", ", services.keySet()));
        }
    }
}
