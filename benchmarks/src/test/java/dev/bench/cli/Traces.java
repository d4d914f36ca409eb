package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Looks for anything a run may have left on this host. */
final class Traces {
    private Traces() {}

    static List<String> all() throws IOException {
        List<String> traces = new ArrayList<>();
        entries(Path.of("/run/netns"), "bench-*", traces);
        entries(Path.of("/run/bench"), "[0-9a-f]*", traces);
        entries(Path.of("/var/cache/bench/runs"), "*", traces);
        entries(Path.of("/sys/class/net"), "bench*", traces);
        entries(Path.of("/sys/fs/cgroup"), "bench", traces);
        for (String controller : List.of("cpu", "memory", "pids", "freezer")) {
            entries(Path.of("/sys/fs/cgroup", controller), "bench", traces);
        }
        for (String line : Files.readAllLines(Path.of("/proc/self/mountinfo"))) {
            if (line.contains("/run/bench/") || line.contains("/var/cache/bench/runs/")) {
                traces.add("mount " + line);
            }
        }
        traces.addAll(loopDevices());
        try (DirectoryStream<Path> processes = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : processes) {
                String command = command(process);
                boolean names = command.contains("/run/bench/") || command.contains("/var/cache/bench/runs/");
                if (names && !isOfAnotherPlace(process)) {
                    traces.add("process " + process.getFileName() + " " + command);
                }
            }
        }
        return traces;
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

    /** Tells a process of another mount namespace with runs of its own, such as a container that shares the host's processes. */
    private static boolean isOfAnotherPlace(Path process) throws IOException {
        try {
            return Files.isDirectory(process.resolve("root/run/bench"))
                    && !Files.isSameFile(process.resolve("root/run/bench"), Path.of("/run/bench"));
        } catch (NoSuchFileException e) {
            return !Files.exists(Path.of("/run/bench"));
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
