package dev.bench.compose;

import dev.bench.workload.ConfigOverrides;
import dev.bench.workload.Dependency;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import dev.bench.workload.Signals;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Reads one service. */
final class ServiceReader {
    /** What Compose gives a service to stop where the file says nothing. */
    private static final Duration STOP_GRACE = Duration.ofSeconds(10);

    private static final String SAME_LIMITS =
            "every service has the scenario's own, limits.cpus and limits.memory; leave it out";
    private static final String CONTAINERS_ONLY =
            "it means something to containers only, and nothing to the machines they are"
                    + " held against; leave it out";
    private static final String ALL_START = "every service of the file is started once; leave it out";

    private static final Set<String> READ = Set.of(
            "build",
            "command",
            "configs",
            "container_name",
            "depends_on",
            "entrypoint",
            "env_file",
            "environment",
            "expose",
            "healthcheck",
            "hostname",
            "image",
            "networks",
            "platform",
            "ports",
            "restart",
            "secrets",
            "stdin_open",
            "stop_grace_period",
            "stop_signal",
            "tmpfs",
            "user",
            "volumes",
            "working_dir");

    /** Keys that change nothing of what a service does. */
    private static final Map<String, String> WITHOUT_EFFECT = Map.of(
            "labels", "labels are not kept",
            "annotations", "annotations are not kept",
            "attach", "output goes to a file of the service's",
            "logging", "output goes to a file of the service's",
            "develop", "nothing is watched for changes",
            "pull_policy", "images are prepared once, before anything is timed");

    /** Keys that say nothing where they say false. */
    private static final Set<String> FALSE_ONLY =
            Set.of("init", "oom_kill_disable", "privileged", "read_only", "tty", "use_api_socket");

    private static final Map<String, String> REFUSED = refused();

    private final String name;
    private final Located service;
    private final Surroundings around;

    ServiceReader(String name, Located service, Surroundings around) {
        this.name = name;
        this.service = service;
        this.around = around;
    }

    private static Map<String, String> refused() {
        Map<String, String> refused = new TreeMap<>();
        for (String key : List.of(
                "blkio_config",
                "cpu_count",
                "cpu_percent",
                "cpu_period",
                "cpu_quota",
                "cpu_rt_period",
                "cpu_rt_runtime",
                "cpu_shares",
                "cpus",
                "cpuset",
                "deploy",
                "mem_limit",
                "mem_reservation",
                "mem_swappiness",
                "memswap_limit",
                "pids_limit",
                "ulimits")) {
            refused.put(key, SAME_LIMITS);
        }
        for (String key : List.of(
                "cap_add",
                "cap_drop",
                "cgroup",
                "cgroup_parent",
                "credential_spec",
                "device_cgroup_rules",
                "devices",
                "gpus",
                "group_add",
                "init",
                "ipc",
                "isolation",
                "oom_kill_disable",
                "oom_score_adj",
                "pid",
                "privileged",
                "read_only",
                "security_opt",
                "shm_size",
                "storage_opt",
                "sysctls",
                "tty",
                "use_api_socket",
                "userns_mode",
                "uts")) {
            refused.put(key, CONTAINERS_ONLY);
        }
        for (String key : List.of("extends", "provider", "profiles", "scale", "post_start", "pre_stop")) {
            refused.put(key, ALL_START);
        }
        for (String key : List.of("dns", "dns_opt", "dns_search", "domainname", "mac_address", "network_mode")) {
            refused.put(key, "services share the lab's network, where the names of all resolve; leave it out");
        }
        refused.put("runtime", "the runtime is an option of the target, docker: {runtime: ...}; leave it out");
        refused.put("links", "the names of all services resolve anyway; give depends_on, and aliases below networks");
        refused.put("external_links", "nothing outside of the file is there; leave it out");
        refused.put("extra_hosts", "nothing outside of the file is there; leave it out");
        refused.put("volumes_from", "give both services a volume of the same name");
        refused.put("label_file", "labels are not kept; leave it out");
        return refused;
    }

    /** Returns the service, with a stand-in for whatever is wrong. */
    Service read() {
        requireKnown();
        List<String> aliases = new ArrayList<>();
        container().ifPresent(aliases::add);
        aliases.addAll(networkAliases());
        MountReader mounts = new MountReader(service, around);
        PortReader ports = new PortReader(service, around);
        return new Service(
                name,
                new ServiceImage(service, around).read(),
                overrides(),
                dependencies(),
                healthcheck(),
                mounts.read(),
                aliases.stream().distinct().filter(alias -> !alias.equals(name)).toList(),
                ports.read(),
                hostname(),
                restart(),
                service.parse("stop_grace_period", Quantities.DURATION_EXAMPLE, Quantities::duration)
                        .orElse(STOP_GRACE),
                service.flag("stdin_open"));
    }

    private void requireKnown() {
        List<String> known = new ArrayList<>(READ);
        WITHOUT_EFFECT.forEach((key, note) -> {
            known.add(key);
            if (service.has(key)) {
                around.notes().add(key + ": " + note);
            }
        });
        FALSE_ONLY.stream()
                .filter(key -> service.has(key) && service.text(key) != null && !service.flag(key))
                .forEach(known::add);
        service.accept(known, REFUSED);
        String platform = service.text("platform");
        String own = "linux/" + (System.getProperty("os.arch", "").equals("aarch64") ? "arm64" : "amd64");
        if (platform != null && !platform.equals(own)) {
            service.at("platform")
                    .reject("'" + platform + "' is not what this host runs; leave it out, or give " + own);
        }
    }

    private Optional<String> container() {
        return service.parse(
                "container_name",
                "letters, digits, full stops, hyphens and underscores",
                text -> text.matches("[a-zA-Z0-9][a-zA-Z0-9_.-]{0,62}") ? Optional.of(text) : Optional.empty());
    }

    private @Nullable String hostname() {
        return service.parse(
                        "hostname",
                        "a host name of letters, digits, full stops and hyphens",
                        text -> text.matches("[a-zA-Z0-9]([a-zA-Z0-9.-]{0,61}[a-zA-Z0-9])?")
                                ? Optional.of(text)
                                : Optional.empty())
                .orElse(null);
    }

    private List<String> networkAliases() {
        List<String> aliases = new ArrayList<>();
        Located networks = service.at("networks");
        if (networks.isList()) {
            networks.items().stream().filter(Located::requireScalar).forEach(each -> requireNetwork(each, each.text()));
        } else {
            networks.entries().forEach((network, options) -> {
                requireNetwork(options, network);
                options.accept("aliases", "priority", "gw_priority");
                options.oneOrMore("aliases").forEach(alias -> aliases.add(alias.text()));
            });
        }
        return aliases;
    }

    private void requireNetwork(Located place, String network) {
        if (!network.equals("default") && !around.networks().contains(network)) {
            place.reject("the network " + network + " is not declared; declare it at the top, below networks"
                    + declared(around.networks()));
        }
    }

    /** Returns which names are declared, as the end of a sentence. */
    static String declared(Set<String> names) {
        return names.isEmpty() ? "" : ", where there are " + String.join(", ", names);
    }

    private ConfigOverrides overrides() {
        List<String> entrypoint = words("entrypoint");
        List<String> arguments = words("command");
        List<String> command = null;
        if (entrypoint != null) {
            command = new ArrayList<>(entrypoint);
            command.addAll(arguments == null ? List.of() : arguments);
            if (command.isEmpty()) {
                service.at("entrypoint").reject("leaves nothing to run; give a program, here or as command");
            }
            arguments = null;
        }
        String signal = service.text("stop_signal");
        if (signal != null) {
            try {
                Signals.number(signal);
            } catch (IllegalArgumentException e) {
                service.at("stop_signal").reject(String.valueOf(e.getMessage()));
            }
        }
        String directory = service.text("working_dir");
        if (directory != null && !directory.startsWith("/")) {
            service.at("working_dir").reject("'" + directory + "' is not accepted; give an absolute path such as /srv");
        }
        return new ConfigOverrides(command, arguments, environment(), service.text("user"), directory, signal);
    }

    /** Returns the words of a command, or null where it is left out. */
    private @Nullable List<String> words(String key) {
        if (!service.has(key)) {
            return null;
        }
        Located command = service.at(key);
        if (command.isList()) {
            return command.items().stream()
                    .filter(item -> item.node().isScalar() || item.requireScalar())
                    .map(Located::text)
                    .toList();
        }
        if (!command.requireScalar()) {
            return null;
        }
        try {
            return ShellWords.split(command.text());
        } catch (IllegalArgumentException e) {
            command.reject(e.getMessage() + "; give it as a list of words, or close the quote");
            return null;
        }
    }

    private List<String> environment() {
        Map<String, String> all = new LinkedHashMap<>();
        Located files = service.at("env_file");
        if (service.has("env_file")) {
            (files.isList() ? files.items() : List.of(files)).forEach(file -> all.putAll(envFile(file)));
        }
        all.putAll(variables(service, "environment", around.variables()));
        return all.entrySet().stream()
                .map(variable -> variable.getKey() + "=" + variable.getValue())
                .toList();
    }

    /** Returns the variables behind a key that holds a mapping, or a list of {@code NAME=value}. */
    static Map<String, String> variables(Located parent, String key, Map<String, String> around) {
        Map<String, String> variables = new LinkedHashMap<>();
        Located place = parent.at(key);
        if (place.isList()) {
            place.items().stream().filter(Located::requireScalar).forEach(item -> {
                String[] parts = item.text().split("=", 2);
                put(variables, item, parts[0], parts.length == 2 ? parts[1] : around.get(parts[0]));
            });
        } else {
            place.entries().forEach((variable, value) -> {
                if (value.isNothing() || value.requireScalar()) {
                    put(variables, value, variable, value.isNothing() ? around.get(variable) : value.text());
                }
            });
        }
        return variables;
    }

    private static void put(Map<String, String> variables, Located place, String variable, @Nullable String value) {
        if (variable.isEmpty()) {
            place.reject("has no name; give NAME=value");
        } else if (value != null) {
            variables.put(variable, value);
        }
    }

    private Map<String, String> envFile(Located place) {
        boolean required = true;
        Located written = place;
        if (place.isMapping()) {
            place.accept("path", "required");
            required = !place.has("required") || place.flag("required");
            written = place.at("path");
        }
        if (!written.requireScalar()) {
            return Map.of();
        }
        Path file = around.path(written.text());
        if (!Files.isRegularFile(file)) {
            if (required) {
                written.reject(file + " is not a file; paths are taken from " + around.directory());
            }
            return Map.of();
        }
        try {
            return EnvFile.read(Files.readString(file), around.variables());
        } catch (IllegalArgumentException e) {
            written.reject(file + ": " + e.getMessage());
        } catch (IOException e) {
            written.reject(file + " cannot be read as text: " + e.getMessage());
        }
        return Map.of();
    }

    private List<Dependency> dependencies() {
        List<Dependency> dependencies = new ArrayList<>();
        Located place = service.at("depends_on");
        if (place.isList()) {
            place.items().stream()
                    .filter(Located::requireScalar)
                    .forEach(item -> dependencies.add(new Dependency(item.text(), Dependency.Condition.STARTED)));
            return dependencies;
        }
        place.entries().forEach((other, options) -> {
            options.accept("condition", "required", "restart");
            if (options.has("required") && !options.flag("required")) {
                options.at("required")
                        .reject("false is not supported: every service of the file is started; leave it out");
            }
            if (options.has("restart") && options.flag("restart")) {
                around.notes().add("restart below depends_on: nothing but a change of its own replaces a service");
            }
            dependencies.add(new Dependency(
                    other,
                    options.parse(
                                    "condition",
                                    "service_started, service_healthy or service_completed_successfully",
                                    ServiceReader::condition)
                            .orElse(Dependency.Condition.STARTED)));
        });
        return dependencies;
    }

    private static Optional<Dependency.Condition> condition(String text) {
        return switch (text) {
            case "service_started" -> Optional.of(Dependency.Condition.STARTED);
            case "service_healthy" -> Optional.of(Dependency.Condition.HEALTHY);
            case "service_completed_successfully" -> Optional.of(Dependency.Condition.COMPLETED);
            default -> Optional.empty();
        };
    }

    private @Nullable Healthcheck healthcheck() {
        return service.has("healthcheck") ? new HealthcheckReader(service.at("healthcheck")).read() : null;
    }

    private Restart restart() {
        return service.parse("restart", "no, always, unless-stopped, on-failure or on-failure:3", text -> {
                    String[] parts = text.split(":", 2);
                    boolean bounded = parts.length == 2;
                    if (bounded && (!parts[0].equals("on-failure") || !parts[1].matches("[1-9][0-9]{0,4}"))) {
                        return Optional.empty();
                    }
                    return switch (parts[0].toLowerCase(Locale.ROOT)) {
                        case "no" -> Optional.of(Restart.NEVER);
                        case "always", "unless-stopped" -> Optional.of(new Restart(Restart.Policy.ALWAYS, 0));
                        case "on-failure" ->
                            Optional.of(
                                    new Restart(Restart.Policy.ON_FAILURE, bounded ? Integer.parseInt(parts[1]) : 0));
                        default -> Optional.empty();
                    };
                })
                .orElse(Restart.NEVER);
    }
}
