package dev.bench.guest;

import com.github.luben.zstd.ZstdInputStream;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;
import org.tukaani.xz.XZInputStream;

/** Finds the modules a guest needs, in the order in which they must be loaded. */
final class KernelModules {
    private final Path directory;
    private final Map<String, List<String>> dependencies = new HashMap<>();
    private final Map<String, String> files = new HashMap<>();
    private final Map<String, List<String>> before = new HashMap<>();
    private final Set<String> builtIn = new LinkedHashSet<>();

    KernelModules(Path directory) throws IOException {
        this.directory = directory;
        for (String line : lines("modules.builtin")) {
            builtIn.add(name(line));
        }
        for (String line : lines("modules.dep")) {
            int colon = line.indexOf(':');
            String name = name(line.substring(0, colon));
            files.put(name, line.substring(0, colon));
            String rest = line.substring(colon + 1).strip();
            dependencies.put(
                    name,
                    rest.isEmpty()
                            ? List.of()
                            : List.of(rest.split(" ", -1)).stream()
                                    .map(KernelModules::name)
                                    .toList());
        }
        for (String line : lines("modules.softdep")) {
            // softdep NAME pre: A B post: C
            String[] words = line.split("\\s+", -1);
            if (words.length > 3 && words[0].equals("softdep") && words[2].equals("pre:")) {
                List<String> names = new ArrayList<>();
                for (int i = 3; i < words.length && !words[i].endsWith(":"); i++) {
                    names.add(normal(words[i]));
                }
                before.put(normal(words[1]), names);
            }
        }
    }

    /** Returns the files to load, dependencies first; what the kernel has built in is left out. */
    List<Path> resolve(List<String> wanted) throws IOException {
        Set<String> order = new LinkedHashSet<>();
        Set<String> seen = new HashSet<>();
        for (String name : wanted) {
            add(normal(name), order, seen, true);
        }
        return order.stream().map(name -> directory.resolve(files.get(name))).toList();
    }

    /** Adds a module behind what it needs; one that was seen before is not gone into again, so that circles end. */
    private void add(String name, Set<String> order, Set<String> seen, boolean required) throws IOException {
        if (builtIn.contains(name) || seen.contains(name)) {
            return;
        }
        if (!files.containsKey(name)) {
            if (required) {
                throw new IOException("the kernel in " + directory + " has no module " + name
                        + "; choose another with libvirt.kernel, or install its modules");
            }
            return;
        }
        seen.add(name);
        for (String soft : before.getOrDefault(name, List.of())) {
            add(soft, order, seen, false);
        }
        List<String> needed = dependencies.getOrDefault(name, List.of());
        // modules.dep lists the nearest first; the farthest has to be loaded first.
        for (int i = needed.size() - 1; i >= 0; i--) {
            add(needed.get(i), order, seen, true);
        }
        order.add(name);
    }

    /** Reads a module's file, unpacked. */
    static byte[] read(Path file) throws IOException {
        byte[] content = Files.readAllBytes(file);
        String name = file.getFileName().toString();
        try (InputStream packed = new ByteArrayInputStream(content)) {
            if (name.endsWith(".xz")) {
                return new XZInputStream(packed).readAllBytes();
            }
            if (name.endsWith(".gz")) {
                return new GZIPInputStream(packed).readAllBytes();
            }
            if (name.endsWith(".zst")) {
                return new ZstdInputStream(packed).readAllBytes();
            }
        }
        return content;
    }

    private List<String> lines(String file) throws IOException {
        Path path = directory.resolve(file);
        return Files.exists(path)
                ? Files.readAllLines(path).stream()
                        .filter(line -> !line.isBlank() && !line.startsWith("#"))
                        .toList()
                : List.of();
    }

    private static String name(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        return normal(name.substring(0, name.indexOf(".ko")));
    }

    private static String normal(String name) {
        return name.replace('-', '_');
    }
}
