package dev.bench.docker;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.bench.host.Capability;
import dev.bench.host.Cgroups;
import dev.bench.host.Commands;
import dev.bench.host.FileTrees;
import dev.bench.target.LabException;
import dev.bench.target.LabSite;
import dev.bench.workload.Limits;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Starts a Docker engine of the lab's own that no root runs: {@code dockerd --rootless} as a user without any right, who is
 * root in a user namespace of his, with mounts and a network of his own.
 *
 * <p>Of what rootless engines are usually given by helpers that are root, two things are done by this process: the user
 * namespace's map, as newuidmap(1) writes it, and a cable from the lab's bridge, as lxc-user-nic(1) lays it, so that its
 * containers have addresses like all others. Such an engine sets no limits where control groups are of version 1, or no
 * systemd of the user's runs; so its runtime is entered by a script that puts each container into a group with limits,
 * below one that was given to the user.
 */
final class RootlessDocker {
    /** What a target that it launches needs. */
    static final String NEED = "docker:rootless";

    private static final String NAME = "rootless";
    private static final String LIMITS = "limits";
    private static final String RUNTIME = "limited";
    /** Docker before 28 does not begin without such a program, which would publish ports; nothing is published here. */
    private static final String PORT_PROXY = "rootlesskit-docker-proxy";

    /** User and group, and how many follow: beyond what accounts, subordinate ids and service managers are given. */
    private static final int FIRST_ID = 2_000_000_000;

    private static final int IDS = 65_536;
    private static final int PERIOD_MICROS = 100_000;
    private static final String CONSEQUENCE = "targets with `rootless: true` cannot be measured";
    private static final long NAMESPACE_SECONDS = 20;
    private static final String CABLE = "cable";
    private static final String PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

    /**
     * As root: a /run of its own, in which containerd may make what it has at fixed places there, and which has nothing
     * else but the directory of runs. Takes the engine's directory, that of runs and the rest.
     */
    private static final String PREPARE = """
            mkdir "$1/stage" && mount -n -t tmpfs -o mode=755,uid=%1$d,gid=%1$d tmpfs "$1/stage" || exit 1
            mkdir -p "$1/stage/${2#/run/}" && mount -n --bind "$2" "$1/stage/${2#/run/}" || exit 1
            mount -n --move "$1/stage" /run || exit 1
            shift 2
            exec setpriv --reuid %1$d --regid %1$d --clear-groups unshare --user --mount --net --propagation slave "$@"
            """.formatted(FIRST_ID);

    /** As root of the namespaces, once these have all they need. Takes the bridge and the engine's command. */
    private static final String BEGIN = """
            read -r go && ip link set lo up && ip link add "$1" type bridge && ip link set %1$s master "$1" || exit 1
            ip link set %1$s up && ip link set "$1" up || exit 1
            shift
            exec "$@" </dev/null
            """.formatted(CABLE);

    /** The container's id is the last argument. What is created inherits the groups and processors of who creates it. */
    private static final String ENTRY = """
            #!/bin/sh
            for id; do :; done
            put() { [ ! -e "$1" ] || echo "$2" >"$1"; }
            case " $* " in
            *" create "*)
              . %1$s
              for group in %2$s; do
                mkdir "$group/$id" || exit 1
                put "$group/$id/cpu.cfs_period_us" "$period" && put "$group/$id/cpu.cfs_quota_us" "$quota" || exit 1
                put "$group/$id/memory.limit_in_bytes" "$memory" || exit 1
                put "$group/$id/memory.memsw.limit_in_bytes" "$memory" || exit 1
                put "$group/$id/cpu.max" "$quota $period" && put "$group/$id/memory.max" "$memory" || exit 1
                put "$group/$id/memory.swap.max" 0 && echo $$ >"$group/$id/cgroup.procs" || exit 1
              done
              exec $pin runc "$@"
              ;;
            *" delete "*)
              runc "$@"
              status=$?
              for group in %2$s; do
                rmdir "$group/$id"/*/ "$group/$id" 2>/dev/null
              done
              exit $status
              ;;
            esac
            exec runc "$@"
            """;

    private RootlessDocker() {}

    /** Returns the path of a container's control group below that of all, where {@code %1$s} is its id. */
    static String group(String runId) {
        return "bench/" + runId + "/" + NAME + "/%1$s/%1$s";
    }

    private static Path directory(Path runDirectory) {
        return runDirectory.resolve(NAME);
    }

    /** Returns the address of a run's rootless engine. */
    static String address(Path runDirectory) {
        return PrivateDocker.address(directory(runDirectory));
    }

    /** Sets what every container of a run's rootless engine is limited to from now on. */
    static void limit(Path runDirectory, Limits limits) throws IOException {
        String pin = limits.processors().isEmpty() ? "" : "taskset -c " + limits.processors();
        Files.writeString(
                directory(runDirectory).resolve(LIMITS),
                "quota=%d period=%d memory=%d pin='%s'%n"
                        .formatted(
                                Math.round(limits.cpus() * PERIOD_MICROS), PERIOD_MICROS, limits.memoryBytes(), pin));
    }

    /**
     * Starts the engine, whose images and containers go with the run.
     *
     * @throws LabException where the host refuses, with the words of who did
     */
    static PrivateDocker start(LabSite site) throws IOException, LabException {
        Path directory = Files.createDirectories(directory(site.directory()));
        Path data = Files.createDirectories(
                site.cacheDirectory().resolve("runs").resolve(site.runId()).resolve(NAME));
        requirePassage(directory);
        requirePassage(data);
        give(directory);
        give(data);
        List<Path> groups = Cgroups.delegate("bench/" + site.runId() + "/" + NAME, FIRST_ID);
        Files.writeString(directory.resolve(PrivateDocker.CONFIGURATION), configuration(directory));
        FileTrees.writeProgram(directory.resolve(RUNTIME), entry(directory.resolve(LIMITS), groups));
        FileTrees.writeProgram(directory.resolve(PORT_PROXY), "#!/bin/sh\nexit 1\n".getBytes(StandardCharsets.UTF_8));
        try (RootlessKit rootlessKit = RootlessKit.in(directory)) {
            give(RootlessKit.socket(directory));
            Process process = process(site, directory, data);
            begin(process, site, directory, groups);
            return PrivateDocker.answering(process, directory);
        }
    }

    /** Returns the script that enters the runtime. */
    static byte[] entry(Path limits, List<Path> groups) {
        return ENTRY.formatted(limits, groups.stream().map(Path::toString).collect(Collectors.joining(" ")))
                .getBytes(StandardCharsets.UTF_8);
    }

    private static String configuration(Path directory) {
        ObjectNode configuration = new ObjectMapper().createObjectNode();
        configuration
                .putObject("runtimes")
                .putObject(RUNTIME)
                .put("path", directory.resolve(RUNTIME).toString());
        return configuration.put("default-runtime", RUNTIME).toString();
    }

    private static Process process(LabSite site, Path directory, Path data) throws IOException {
        List<String> command = new ArrayList<>(PrivateDocker.APART);
        command.addAll(List.of(
                "sh",
                "-c",
                PREPARE,
                NAME,
                directory.toString(),
                String.valueOf(site.directory().getParent())));
        command.addAll(List.of("sh", "-c", BEGIN, NAME, site.bridge()));
        command.addAll(PrivateDocker.command(directory, data));
        command.add("--rootless");
        ProcessBuilder builder = new ProcessBuilder(site.enter().apply(command))
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(
                        directory.resolve(PrivateDocker.LOG).toFile()));
        builder.environment().clear();
        // An engine that finds the first of them keeps its own files below the others, and not in the host's /etc.
        builder.environment()
                .putAll(Map.of(
                        "ROOTLESSKIT_STATE_DIR",
                        directory.toString(),
                        "XDG_CONFIG_HOME",
                        directory.resolve("config").toString(),
                        "XDG_DATA_HOME",
                        directory.toString(),
                        "XDG_RUNTIME_DIR",
                        directory.toString(),
                        "HOME",
                        directory.toString(),
                        "PATH",
                        directory + ":" + PATH));
        return builder.start();
    }

    private static void begin(Process process, LabSite site, Path directory, List<Path> groups) throws LabException {
        try {
            connect(site, process.pid(), groups);
            try (OutputStream go = process.getOutputStream()) {
                go.write('\n');
            }
        } catch (IOException e) {
            process.destroyForcibly();
            throw new LabException(
                    "cannot start a rootless Docker engine: " + e.getMessage() + " | "
                            + PrivateDocker.tail(directory.resolve(PrivateDocker.LOG)) + ". Run `bench doctor`",
                    e);
        }
    }

    /** Does what only root may, once the process is in its namespaces: it keeps its number through all it executes. */
    private static void connect(LabSite site, long pid, List<Path> groups) throws IOException {
        Path own = Files.readSymbolicLink(Path.of("/proc/self/ns/user"));
        Path process = Path.of("/proc", Long.toString(pid));
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(NAMESPACE_SECONDS);
        while (Files.readSymbolicLink(process.resolve("ns/user")).equals(own)) {
            if (System.nanoTime() - deadline > 0) {
                throw new IOException("it got no user namespace within " + NAMESPACE_SECONDS + " s");
            }
            LockSupport.parkNanos(5_000_000);
        }
        Files.writeString(process.resolve("gid_map"), "0 " + FIRST_ID + " " + IDS + "\n");
        Files.writeString(process.resolve("uid_map"), "0 " + FIRST_ID + " " + IDS + "\n");
        if (Cgroups.version() == 2) {
            // Who moves processes has to own the nearest group above where they come from and where they go.
            Path engine = Files.createDirectories(groups.get(0).resolve("engine"));
            Files.writeString(engine.resolve("cgroup.procs"), Long.toString(pid));
        }
        String outer = "bench" + site.runId() + "r";
        for (List<String> arguments : List.of(
                List.of("add", outer, "type", "veth", "peer", "name", CABLE),
                List.of("set", CABLE, "netns", Long.toString(pid)),
                List.of("set", outer, "master", site.bridge()),
                List.of("set", outer, "up"))) {
            List<String> command = new ArrayList<>(List.of("ip", "link"));
            command.addAll(arguments);
            Commands.runOrThrow(Commands.AT_ONCE, site.enter().apply(command));
        }
    }

    private static void give(Path path) throws IOException {
        Files.setAttribute(path, "unix:uid", FIRST_ID);
        Files.setAttribute(path, "unix:gid", FIRST_ID);
    }

    /** A user without rights has to get to what is his. */
    private static void requirePassage(Path his) throws IOException, LabException {
        for (Path above = his.toRealPath().getParent(); above != null; above = above.getParent()) {
            Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(above);
            if (!permissions.contains(PosixFilePermission.OTHERS_EXECUTE)) {
                throw new LabException(
                        "a rootless engine's user cannot enter " + above + " to get to " + his
                                + "; let everybody enter it (chmod o+x), or give another --cache",
                        null);
            }
        }
    }

    /** Tries whether a user without rights gets the namespaces. */
    static Capability examine() {
        String name = "rootless Docker engine";
        String finding;
        try {
            Commands.Ended tried = Commands.run(
                    Commands.AT_ONCE,
                    List.of(
                            "setpriv",
                            "--reuid",
                            Integer.toString(FIRST_ID),
                            "--regid",
                            Integer.toString(FIRST_ID),
                            "--clear-groups",
                            "unshare",
                            "--user",
                            "--mount",
                            "--net",
                            "--propagation",
                            "slave",
                            "true"));
            if (tried.status() == 0) {
                return Capability.ok(name, "a user without rights got user, mount and network namespaces");
            }
            finding = tried.tail();
        } catch (IOException e) {
            finding = String.valueOf(e.getMessage());
        }
        return Capability.missing(
                        name,
                        "a user without rights gets no namespaces: " + finding,
                        CONSEQUENCE,
                        "raise user.max_user_namespaces, or set kernel.unprivileged_userns_clone=1 or"
                                + " kernel.apparmor_restrict_unprivileged_userns=0, whichever sysctl the host has")
                .neededBy(Set.of(NEED))
                .asRootOnly();
    }
}
