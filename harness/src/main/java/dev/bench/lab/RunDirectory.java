package dev.bench.lab;

import dev.bench.host.Cgroups;
import dev.bench.host.Processes;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;

/**
 * Holds the directory of one run, with the file that says which process owns it.
 *
 * <p>A process is known by its id, its start time and the host's boot, so that a reused id is not taken for the owner.
 */
final class RunDirectory {
    /** Below it every run has a directory named by its id; on a memory file system, so gone with the host's boot. */
    static final Path ROOT = Path.of("/run/bench");

    /** The fact that names the run's directory on disk. */
    static final String WORK = "work";

    /** The fact that names the controllers which the host's groups at the top had before any run, where that is a setting. */
    static final String CONTROLLERS = "controllers";

    private static final String OWNER = "owner";

    private RunDirectory() {}

    static Path of(String runId) {
        return ROOT.resolve(runId);
    }

    /** Makes the directory and states that this process owns it, with facts the removal may need. */
    static Path create(String runId, Map<String, String> facts) throws IOException {
        Path directory = of(runId);
        // It appears with its owner: one without would be taken for a dead run's.
        Path unowned = Files.createDirectories(ROOT.resolve("." + runId));
        Properties properties = new Properties();
        long pid = ProcessHandle.current().pid();
        properties.setProperty("pid", Long.toString(pid));
        properties.setProperty("start", Long.toString(Processes.startTicks(pid)));
        properties.setProperty("boot", bootId());
        properties.putAll(facts);
        try (var output = Files.newOutputStream(unowned.resolve(OWNER))) {
            properties.store(output, null);
        }
        return Files.move(unowned, directory, StandardCopyOption.ATOMIC_MOVE);
    }

    /** Lists the directories whose owner is gone. */
    static List<Path> dead() throws IOException {
        List<Path> dead = new ArrayList<>();
        for (Path directory : all()) {
            if (!isOwned(directory)) {
                dead.add(directory);
            }
        }
        return dead;
    }

    /** Returns whether a run that is alive has a directory here. */
    static boolean anyAlive() throws IOException {
        for (Path directory : all()) {
            if (isOwned(directory)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Returns the controllers that the host's groups at the top have or, where another run has added to them, had before
     * that.
     */
    static Set<String> controllersBefore() throws IOException {
        Set<String> controllers = new TreeSet<>(Cgroups.topControllers());
        for (Path directory : all()) {
            String before = facts(directory).get(CONTROLLERS);
            if (before != null) {
                controllers.retainAll(Set.of(before.split(" ", -1)));
            }
        }
        return controllers;
    }

    private static List<Path> all() throws IOException {
        List<Path> all = new ArrayList<>();
        if (Files.isDirectory(ROOT)) {
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(ROOT, RunDirectory::isRun)) {
                entries.forEach(all::add);
            }
        }
        return all;
    }

    private static boolean isRun(Path entry) {
        return Files.isDirectory(entry) && !entry.getFileName().toString().startsWith(".");
    }

    /** Reads the facts stated at creation; empty where the file is missing or damaged. */
    static Map<String, String> facts(Path directory) {
        Properties properties = new Properties();
        try (var input = Files.newInputStream(directory.resolve(OWNER))) {
            properties.load(input);
        } catch (IOException | IllegalArgumentException e) {
            return Map.of();
        }
        Map<String, String> facts = new LinkedHashMap<>();
        properties.forEach((key, value) -> facts.put((String) key, (String) value));
        return facts;
    }

    private static boolean isOwned(Path directory) throws IOException {
        Map<String, String> facts = facts(directory);
        String pid = facts.get("pid");
        if (pid == null || !pid.matches("[0-9]{1,10}") || !bootId().equals(facts.get("boot"))) {
            return false;
        }
        return Long.toString(Processes.startTicks(Long.parseLong(pid))).equals(facts.get("start"))
                && Processes.isAlive(Long.parseLong(pid));
    }

    private static String bootId() throws IOException {
        return Files.readString(Path.of("/proc/sys/kernel/random/boot_id")).strip();
    }
}
