package dev.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.guest.GuestKernel;
import dev.bench.host.Commands;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Traces functions in an emulated guest with a kernel of the distribution, since many a host does not let its own be traced:
 * the very classes, in this JVM's own runtime, run there from an initial RAM disk. Needs QEMU, busybox and a kernel.
 */
final class FunctionTracerIT {
    private static final Duration PATIENCE = Duration.ofMinutes(5);

    /** What of a Java runtime takes room and is not needed to run a program. */
    private static final Set<String> LEFT_OUT =
            Set.of("jmods", "src.zip", "legal", "man", "demo", "docs", "include", "ct.sym", "sa.jar");

    private static final String INIT = """
            #!/bin/busybox sh
            /bin/busybox --install -s /bin
            export PATH=/bin
            mount -t proc proc /proc
            mount -t sysfs sysfs /sys
            mount -t devtmpfs dev /dev
            /java/bin/java -XX:TieredStopAtLevel=1 -XX:+UseSerialGC -Xshare:auto -Xmx256m -cp /main:/test:/jna.jar %s
            echo "ended=$?"
            unshare -m sh -c 'mount -t tracefs t /sys/kernel/tracing; cd /sys/kernel/tracing/instances
              echo "left=$(cat bench-%s/current_tracer)"; rmdir bench-%s; echo "removed=$?"'
            poweroff -f
            """;

    @TempDir
    private Path directory = Path.of("");

    @Test
    void countsTheFunctionsThatWhatIsLaunchedExecutes() throws Exception {
        Path initrd = directory.resolve("initrd");
        pack(tree(), initrd);

        String console = boot(initrd);

        assertEquals("", value("refused", console), console);
        List<Set<String>> executed = new ArrayList<>();
        Matcher trials = Pattern.compile("executed=0 (.*)").matcher(console);
        while (trials.find()) {
            executed.add(new TreeSet<>(List.of(trials.group(1).strip().split(" ", -1))));
        }
        assertEquals(2, executed.size(), console);
        executed.forEach(functions -> {
            Set<String> lacking = new TreeSet<>(List.of("__x64_sys_openat", "version_proc_show", "exit_files"));
            lacking.removeAll(functions);
            assertEquals(Set.of(), lacking);
            // The thread that launches forks and waits; its child does neither.
            Set<String> foreign = new TreeSet<>(List.of("kernel_clone", "do_wait", "__x64_sys_futex"));
            foreign.retainAll(functions);
            assertEquals(Set.of(), foreign);
        });
        Set<String> both = new HashSet<>(executed.get(0));
        both.retainAll(executed.get(1));
        Set<String> either = new HashSet<>(executed.get(0));
        either.addAll(executed.get(1));
        // The first fills caches of the kernel's.
        assertTrue(both.size() / (double) either.size() > 0.8, both.size() + " of " + either.size() + " are the same");
        assertFalse(Pattern.compile("idle=\\S").matcher(console).find(), console);
        assertEquals("nop", value("tracer", console), console);
        assertEquals("no pid", value("threads", console), console);
        // What a killed run leaves goes as `bench clean` removes it.
        assertEquals("[" + FunctionTrial.RUN + "]", value("runs", console), console);
        assertEquals("function", value("left", console), console);
        assertEquals("0", value("removed", console), console);
    }

    private static String value(String word, String console) {
        Matcher line = Pattern.compile("(?m)^" + word + "=(.*)$").matcher(console);
        return line.find() ? line.group(1).strip() : "there is no " + word;
    }

    private String boot(Path initrd) throws IOException {
        Path console = directory.resolve("console");
        Commands.runOrThrow(
                PATIENCE,
                List.of(
                        "qemu-system-x86_64",
                        "-machine",
                        "q35,accel=tcg",
                        "-cpu",
                        "max",
                        "-m",
                        "1536",
                        "-nodefaults",
                        "-no-user-config",
                        "-display",
                        "none",
                        "-no-reboot",
                        "-serial",
                        "file:" + console,
                        "-kernel",
                        GuestKernel.find("").image().toString(),
                        "-initrd",
                        initrd.toString(),
                        "-append",
                        "console=ttyS0 quiet panic=-1"));
        return Files.readString(console, StandardCharsets.ISO_8859_1).replace("\r", "");
    }

    private Path tree() throws Exception {
        Path tree = directory.resolve("tree");
        for (String name : List.of("proc", "sys", "dev", "run", "tmp", "bin")) {
            Files.createDirectories(tree.resolve(name));
        }
        Path init = Files.writeString(
                tree.resolve("init"),
                INIT.formatted(FunctionTrial.class.getName(), FunctionTrial.RUN, FunctionTrial.RUN));
        assertTrue(init.toFile().setExecutable(true));
        Path java = Path.of(System.getProperty("java.home"));
        copy(java, tree.resolve("java"));
        copy(Path.of("/bin/busybox"), tree.resolve("bin/busybox"));
        // Either may be an archive, whatever its name is.
        copy(place(TraceInstance.class), tree.resolve("main"));
        copy(place(FunctionTrial.class), tree.resolve("test"));
        copy(place(com.sun.jna.Native.class), tree.resolve("jna.jar"));
        for (String library : libraries(java)) {
            copy(Path.of(library), tree.resolve(library.substring(1)));
        }
        return tree;
    }

    private static Path place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /** Returns what the runtime loads of the host's libraries, its loader too. */
    private static Set<String> libraries(Path java) throws IOException {
        Set<String> libraries = new TreeSet<>();
        for (String file :
                List.of("bin/java", "lib/server/libjvm.so", "lib/libnio.so", "lib/libzip.so", "lib/libjli.so")) {
            Matcher line = Pattern.compile("(?m)(?:=> |^\\s+)(/\\S+) \\(0x")
                    .matcher(Commands.runOrThrow(
                            Commands.AT_ONCE, List.of("ldd", java.resolve(file).toString())));
            while (line.find()) {
                if (!line.group(1).startsWith(java.toString())) {
                    libraries.add(line.group(1));
                }
            }
        }
        return libraries;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> entries = Files.list(from.toRealPath())) {
            Files.createDirectories(to);
            for (Path entry : entries.toList()) {
                String name = entry.getFileName().toString();
                if (!LEFT_OUT.contains(name) && Files.exists(entry)) {
                    copy(entry, to.resolve(name));
                }
            }
        } catch (NotDirectoryException e) {
            Files.createDirectories(to.getParent());
            // The runtime takes its archive of classes only while the file that it is of is as old as it was.
            Files.copy(from.toRealPath(), to, StandardCopyOption.COPY_ATTRIBUTES);
        }
    }

    private static void pack(Path tree, Path archive) throws IOException {
        Commands.runOrThrow(
                PATIENCE,
                List.of(
                        "sh",
                        "-c",
                        "cd '" + tree + "' && find . | busybox cpio -o -H newc >'" + archive + "' 2>/dev/null"));
    }
}
