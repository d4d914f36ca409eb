package dev.bench.lab;

import dev.bench.target.Endpoint;
import dev.bench.target.LabException;
import dev.bench.target.LabService;
import dev.bench.target.LabSite;
import dev.bench.target.LabView;
import dev.bench.target.Subnet;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetDriver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Makes the place a run measures in: one bridge for every kind of target, and services that serve nobody else.
 *
 * <p>By default it is a network namespace with services of its own. Where an existing service is to be used, the bridge
 * is in the host's network, because that is where the service is.
 */
public final class Lab implements AutoCloseable {
    private final LabView view;
    private final Optional<String> namespace;
    private final List<TargetDriver> drivers;
    private final Map<String, LabService> services;

    private Lab(
            LabView view, Optional<String> namespace, List<TargetDriver> drivers, Map<String, LabService> services) {
        this.view = view;
        this.namespace = namespace;
        this.drivers = drivers;
        this.services = services;
    }

    /** Returns a fresh run id: eight characters that fit into every name. */
    public static String newRunId() {
        return String.format("%08x", new SecureRandom().nextInt());
    }

    /**
     * Starts a lab.
     *
     * @param drivers those whose targets will be opened, and the one that images are made with
     * @throws LabException where it cannot be started; nothing of it remains then
     */
    public static Lab start(LabOptions options, List<TargetDriver> drivers) throws LabException {
        String runId = options.runId();
        Path directory = RunDirectory.of(runId);
        Path work = options.cacheDirectory().toAbsolutePath().resolve("runs").resolve(runId);
        Map<String, LabService> services = new LinkedHashMap<>();
        try {
            RunDirectory.create(runId, statement(options, work, drivers));
            Files.createDirectories(work);
            boolean hermetic = options.endpoints().isEmpty()
                    && drivers.stream().noneMatch(driver -> needsHostNetwork(driver, options));
            Optional<String> namespace = hermetic ? Optional.of(Network.namespace(runId)) : Optional.empty();
            if (hermetic) {
                Network.createNamespace(Network.namespace(runId));
            }
            Subnet subnet = hermetic ? new Subnet("198.18.0.") : Network.freeSubnet();
            String bridge = Network.bridge(runId);
            for (TargetDriver driver : drivers) {
                Optional<LabService.Starter> starter = driver.service();
                if (starter.isPresent()) {
                    LabSite site = new LabSite(
                            runId,
                            directory,
                            options.cacheDirectory(),
                            bridge,
                            subnet,
                            endpoint(driver, options),
                            targets(driver, options),
                            command -> enter(namespace, command));
                    services.put(driver.key(), starter.get().start(site));
                }
            }
            if (Network.hasBridge(namespace, runId)) {
                Network.setNeighbours(namespace, bridge, subnet, directory.resolve("neighbours"));
            } else {
                Network.createBridge(namespace, runId, subnet);
            }
            Map<String, String> addresses = new LinkedHashMap<>();
            services.forEach((key, service) -> addresses.put(key, service.address()));
            LabView view = new LabView(runId, directory, work, options.cacheDirectory(), bridge, subnet, addresses);
            return new Lab(view, namespace, drivers, services);
        } catch (IOException e) {
            abandon(runId, directory, drivers, services);
            throw new LabException(
                    "cannot start the lab: " + e.getMessage() + ". Run `bench doctor` for what is missing", e);
        } catch (LabException e) {
            abandon(runId, directory, drivers, services);
            throw e;
        }
    }

    /** Returns what the run states for whoever removes what it may leave. */
    private static Map<String, String> statement(LabOptions options, Path work, List<TargetDriver> drivers)
            throws IOException {
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put(RunDirectory.WORK, work.toString());
        facts.put(RunDirectory.CONTROLLERS, String.join(" ", RunDirectory.controllersBefore()));
        facts.putAll(options.endpoints());
        drivers.forEach(driver -> facts.putAll(driver.leftovers().statement(targets(driver, options))));
        return facts;
    }

    private static boolean needsHostNetwork(TargetDriver driver, LabOptions options) {
        return driver.service()
                .map(starter -> starter.needsHostNetwork(endpoint(driver, options), targets(driver, options)))
                .orElse(false);
    }

    private static @Nullable String endpoint(TargetDriver driver, LabOptions options) {
        return driver.endpoint()
                .map(Endpoint::key)
                .map(key -> options.endpoints().get(key))
                .orElse(null);
    }

    private static List<TargetDefinition> targets(TargetDriver driver, LabOptions options) {
        return options.targets().stream()
                .filter(target -> target.driver().equals(driver.key()))
                .toList();
    }

    private static void abandon(
            String runId, Path directory, List<TargetDriver> drivers, Map<String, LabService> services) {
        // An engine that is asked to end waits ten seconds for a container that is left.
        Leftovers.killMembers(runId);
        List<LabService> last = new ArrayList<>(services.values());
        for (int i = last.size() - 1; i >= 0; i--) {
            last.get(i).close();
        }
        try {
            Leftovers.removeRun(runId, directory, drivers);
        } catch (IOException e) {
            // The next run tries again, and then says what stands in the way.
        }
    }

    /** Returns what a target driver may know of the lab. */
    public LabView view() {
        return view;
    }

    /** Returns the network namespace everything is in; empty where it is the host's. */
    public Optional<String> namespace() {
        return namespace;
    }

    /** Returns a command that runs another in the lab's network, seeing the host's control groups as they are. */
    public List<String> enter(List<String> command) {
        return enter(namespace, command);
    }

    private static List<String> enter(Optional<String> namespace, List<String> command) {
        List<String> entered = new ArrayList<>();
        // `ip netns exec` would mount a /sys of its own and hide the control groups.
        namespace.ifPresent(name -> entered.addAll(List.of("nsenter", "--net=/run/netns/" + name, "--")));
        entered.addAll(command);
        return entered;
    }

    /** Returns the logs of the services, which are gone with the lab, by the file of a result each is kept in. */
    public Map<String, Path> logs() {
        Map<String, Path> logs = new LinkedHashMap<>();
        services.values()
                .forEach(service -> service.logs().forEach((file, log) -> {
                    if (Files.exists(log)) {
                        logs.put(file, log);
                    }
                }));
        return logs;
    }

    /** Removes everything. */
    @Override
    public void close() {
        abandon(view.runId(), view.runDirectory(), drivers, services);
    }
}
