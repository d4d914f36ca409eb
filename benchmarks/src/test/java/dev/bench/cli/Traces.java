package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Looks for anything a run may have left on this host. */
final class Traces {
    private static final Path RUNS = Path.of("/run/bench");

    private Traces() {}

    static List<String> all() throws IOException {
        Set<String> elsewhere = runsElsewhere();
        List<String> traces = new ArrayList<>();
        entries(Path.of("/run/netns"), "bench-*", traces);
        entries(RUNS, "[0-9a-f]*", traces);
        entries(Path.of("/var/cache/bench/runs"), "*", traces);
        entries(Path.of("/sys/class/net"), "bench*", traces);
        for (String controller : List.of("", "cpu", "memory", "pids", "freezer")) {
            groups(Path.of("/sys/fs/cgroup", controller, "bench"), elsewhere.isEmpty(), traces);
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains("/run/bench/") || line.contains("/var/cache/bench/runs/")) {
                traces.add("mount " + line);
            }
        }
        traces.addAll(loopDevices());
        for (Path process : processes()) {
            String command = command(process);
            boolean names = command.contains("/run/bench/") || command.contains("/var/cache/bench/runs/");
            if (names && !isOfAnotherPlace(process)) {
                traces.add("process " + process.getFileName() + " " + command);
            }
        }
        elsewhere.addAll(runsElsewhere());
        traces.removeIf(trace -> elsewhere.stream().anyMatch(trace::contains));
        return traces;
    }

    /** Returns the ids of the runs of this mount namespace that are not over, or were killed. */
    static Set<String> runs() throws IOException {
        return idsIn(RUNS);
    }

    /** Returns the ids of runs in other mount namespaces, as of tests that run beside these, or of a container's. */
    private static Set<String> runsElsewhere() throws IOException {
        Set<String> ids = new HashSet<>();
        for (Path process : processes()) {
            if (isOfAnotherPlace(process)) {
                ids.addAll(idsIn(process.resolve("root" + RUNS)));
            }
        }
        return ids;
    }

    private static Set<String> idsIn(Path runs) throws IOException {
        try (Stream<Path> entries = Files.list(runs)) {
            return entries.map(entry -> entry.getFileName().toString())
                    .filter(name -> name.matches("[0-9a-f].*"))
                    .collect(Collectors.toSet());
        } catch (NoSuchFileException e) {
            // There has been no run, or the process has ended meanwhile.
            return Set.of();
        }
    }

    /** Tells a process of another mount namespace with runs of its own, such as a container that shares the host's processes. */
    private static boolean isOfAnotherPlace(Path process) throws IOException {
        try {
            return Files.isDirectory(process.resolve("root" + RUNS))
                    && !Files.isSameFile(process.resolve("root" + RUNS), RUNS);
        } catch (NoSuchFileException e) {
            return !Files.exists(RUNS);
        }
    }

    private static List<Path> processes() throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes
                    .filter(process -> process.getFileName().toString().matches("[0-9]+"))
                    .toList();
        }
    }

    /** Adds the groups of runs, and where nobody else has runs the one that they are all in. */
    private static void groups(Path all, boolean only, List<String> traces) throws IOException {
        try (Stream<Path> groups = Files.list(all)) {
            groups.filter(Files::isDirectory).forEach(group -> traces.add(group.toString()));
            if (only) {
                traces.add(all.toString());
            }
        } catch (NoSuchFileException e) {
            // Groups of this hierarchy are gone, as they should be.
        }
    }

    /** Returns the loop devices that hold a file of a run. */
    static List<String> loopDevices() throws IOException {
        List<String> found = new ArrayList<>();
        try (DirectoryStream<Path> devices = Files.newDirectoryStream(Path.of("/sys/block"), "loop*")) {
            for (Path device : devices) {
                Path backing = device.resolve("loop/backing_file");
                if (Files.exists(backing)) {
                    String file = Files.readString(backing).strip();
                    if (file.contains("/var/cache/bench/runs/")) {
                        found.add("loop device " + device.getFileName() + " of " + file);
                    }
                }
            }
        }
        return found;
    }

    /** Returns the host's firewall rules, which no run may add to; rules of somebody else may be among them. */
    static List<String> firewallRules() throws IOException, InterruptedException {
        Process rules =
                new ProcessBuilder("iptables-save").redirectErrorStream(true).start();
        try (BufferedReader lines = rules.inputReader()) {
            // Comments hold the time, and policies the number of packets that have passed.
            List<String> found =
                    lines.lines().filter(line -> line.startsWith("-A")).toList();
            assertEquals(0, rules.waitFor());
            return found;
        }
    }

    private static String command(Path process) {
        try {
            return Files.readString(process.resolve("cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static void entries(Path directory, String pattern, List<String> traces) throws IOException {
        if (Files.isDirectory(directory)) {
            try (DirectoryStream<Path> found = Files.newDirectoryStream(directory, pattern)) {
                found.forEach(entry -> traces.add(entry.toString()));
            }
        }
    }
}
