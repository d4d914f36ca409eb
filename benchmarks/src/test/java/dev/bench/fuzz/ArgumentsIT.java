package dev.bench.fuzz;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.cli.FuzzWorker;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Gives every command wrong arguments of every kind: the same values to each option, the same files in each place. */
final class ArgumentsIT {
    private static final Set<Integer> DOCUMENTED = Set.of(0, 2, 3, 4, 5, 6);

    /** Commands that change this host where their arguments are right, and so are given none that are. */
    private static final Set<String> WITH_EFFECT = Set.of("run", "calibrate", "setup", "clean", "doctor");

    private static final List<String> VALUES = List.of(
            "",
            " ",
            "x",
            "-1",
            "0",
            "1",
            "1.5",
            "NaN",
            "99999999999999999999",
            "2147483647",
            "2147483648",
            "=",
            "a=b",
            "image=",
            ",",
            "--help",
            "\u001b[31mred",
            "\u00e9\ud83d\ude00",
            "%s%n",
            "/dev/null/x",
            "/dev/full",
            "x".repeat(5000));

    @TempDir
    Path directory;

    private Worker worker;
    private Path result;
    private Path file;
    private Path folder;

    @BeforeEach
    void begin() throws IOException {
        folder = Files.createDirectory(directory.resolve("results"));
        result = Files.createDirectory(folder.resolve("startup-1"));
        for (Map.Entry<String, byte[]> each : Samples.result().entrySet()) {
            Files.write(result.resolve(each.getKey()), each.getValue());
        }
        file = Files.write(
                directory.resolve("scenario.yaml"), Samples.scenarios().get(0));
        Path temporary = Files.createDirectory(directory.resolve("temporary"));
        worker = new Worker(Files.createDirectory(directory.resolve("work")), temporary, directory);
    }

    @AfterEach
    void end() {
        worker.close();
    }

    @Test
    void everyCommandTakesOrRefusesEveryArgument() throws IOException {
        int count = 0;
        Set<String> failures = new LinkedHashSet<>();
        for (String command : FuzzWorker.commands()) {
            for (List<String> arguments : of(command)) {
                count++;
                try {
                    Manners.check(worker.run(arguments), expected(arguments), directory.resolve("temporary"));
                } catch (AssertionError e) {
                    failures.add(arguments + ": " + e.getMessage());
                    if (!worker.isAlive()) {
                        worker = new Worker(directory.resolve("work"), directory.resolve("temporary"), directory);
                    }
                }
            }
        }
        System.out.println(count + " command lines, " + failures.size() + " of them not as they should be");
        assertEquals("", String.join("\n", failures));
        assertTrue(count > 1000, "only " + count);
        assertEquals(Set.of(), Manners.names(directory.resolve("temporary")));
    }

    private static Set<Integer> expected(List<String> arguments) {
        if (!arguments.contains("--no-such-option")) {
            return DOCUMENTED;
        }
        // help and version go before all else
        return arguments.stream().anyMatch(word -> word.matches("-h|-V|.*--help.*|--version.*"))
                ? Set.of(0, 2)
                : Set.of(2);
    }

    private List<List<String>> of(String name) throws IOException {
        List<List<String>> all = new ArrayList<>();
        boolean effect = WITH_EFFECT.contains(name);
        List<String> right = right(name);
        for (Map.Entry<String, Boolean> option : FuzzWorker.options(name).entrySet()) {
            String word = option.getKey();
            // one repetition takes a moment, any other right number as long as one may think
            boolean repetitions = word.equals("--repetitions");
            List<String> rest = repetitions ? List.of() : right;
            add(all, name, effect || repetitions, rest, word);
            add(all, name, effect || repetitions, rest, word, word);
            for (String value : VALUES) {
                if (repetitions && value.equals("2147483647")) {
                    continue;
                }
                if (word.startsWith("--")) {
                    add(all, name, effect, rest, word + "=" + value);
                }
                if (option.getValue()) {
                    add(all, name, effect, rest, word, value);
                }
            }
        }
        add(all, name, true, right);
        add(all, name, effect, right, "one", "more");
        add(all, name, effect, right, "--");
        add(all, name, effect, right, "@" + file);
        if (!effect && !name.equals("simulate")) {
            add(all, name, false, List.of());
        }
        for (String wrong : wrongFiles()) {
            if (name.equals("run")) {
                add(all, name, false, List.of(wrong));
            }
            for (int i = 0; i < right.size(); i++) {
                List<String> changed = new ArrayList<>(right);
                changed.set(i, wrong);
                add(all, name, effect, changed);
            }
        }
        return all;
    }

    private static void add(
            List<List<String>> all, String name, boolean spoil, List<String> positional, String... options) {
        List<String> arguments = new ArrayList<>(List.of(name));
        if (spoil) {
            arguments.add("--no-such-option"); // first, since an option may take what follows it
        }
        arguments.addAll(List.of(options));
        arguments.addAll(positional);
        all.add(arguments);
    }

    /** Returns what a command takes, so that it gets to what is wrong. */
    private List<String> right(String name) {
        String out = directory.resolve("out").toString();
        return switch (name) {
            case "plan", "run", "calibrate" -> List.of(file.toString());
            case "compare" -> List.of(result.toString(), result.toString());
            case "explain-scenario" -> List.of("workload");
            case "explain" -> List.of(result.toString(), "startup.ready_ms");
            case "list", "prune" -> List.of(folder.toString());
            case "publish" -> List.of(folder.toString(), out);
            case "baseline", "report", "verify" -> List.of(result.toString());
            case "simulate" -> List.of("--repetitions=1");
            default -> List.of();
        };
    }

    private List<String> wrongFiles() throws IOException {
        Path empty = Files.createDirectories(directory.resolve("empty"));
        return List.of(
                "",
                " ",
                "/no/such/file",
                "/dev/null",
                "/dev/zero",
                "/dev/null/x",
                empty.toString(),
                result.resolve("launches.jsonl").toString(),
                Files.write(directory.resolve("nothing"), new byte[0]).toString(),
                Files.write(directory.resolve("bytes"), new byte[] {0, 1, 2, -1, -2, 27})
                        .toString(),
                Files.write(directory.resolve("text"), "what's this?\n".getBytes(UTF_8))
                        .toString(),
                "\u001b[31mred\n",
                "x".repeat(5000),
                "x/".repeat(5000),
                "result@target",
                "-");
    }
}
