package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.bench.image.Dockerfile.Instruction;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds an order of a Dockerfile's instructions in which a change runs fewer of them again: what copies files sinks below
 * what installs and does not need these files, and the few files that an installation does need are copied before it.
 *
 * <p>Only commands that are known to read nothing but what they name are passed; everything else may read any file that was
 * copied before it. Immutable.
 */
public final class DockerfileOrder {
    /** What a Dockerfile in the proposed order is called, beside the one as it is. */
    public static final String REORDERED = "Dockerfile.reordered";

    /** Separates the commands of one RUN. */
    private static final Pattern COMMANDS = Pattern.compile("\\s*(?:&&|;|\\|\\|?)\\s*");

    private static final Pattern WORDS = Pattern.compile("[\\s=,\"']+");

    /** What reads no file of a project but those that it names. */
    private static final Pattern READS_NAMED = Pattern.compile("(?:sudo )?(?:"
            + "apt-get|apt|apk|dnf|microdnf|yum|zypper|dpkg"
            + "|pip3?|python3? -m pip"
            + "|curl|wget|tar|unzip|mkdir|ln|rm|chmod|chown|useradd|groupadd|adduser|addgroup|echo|true|set|export|install|locale-gen"
            + "|update-ca-certificates|ldconfig|sleep"
            + ")(?: .*)?");

    /** What reads the manifests of a project besides: command, then the files. */
    private static final Map<Pattern, List<String>> READS_MANIFESTS = manifests();

    /** What reads the project whatever it names. */
    private static final Pattern READS_ALL = Pattern.compile(".*(?: \\.(?: |$)| -e | --editable).*");

    /** Larger ones are no lists of what is to be installed. */
    private static final long LARGEST_MANIFEST = 1 << 20;

    private final String text;
    private final List<Instruction> instructions;
    private final Path context;
    private final TreeSet<String> files;

    private DockerfileOrder(String text, Path context, Set<String> files) {
        this.text = text;
        this.instructions = Dockerfile.parse(text).instructions();
        this.context = context;
        this.files = new TreeSet<>(files);
    }

    /**
     * Is another order.
     *
     * @param text of the whole Dockerfile
     * @param sunk instructions that copy, each with those that it now stands below
     */
    public record Proposal(String text, Map<Instruction, List<Instruction>> sunk) {
        public Proposal {
            sunk = Map.copyOf(sunk);
        }
    }

    /**
     * Is an instruction that copies files of the context.
     *
     * @param file one that no instruction before it copies; a change to it reaches this one first
     */
    public record Input(Instruction instruction, String file) {}

    /**
     * Reads a Dockerfile.
     *
     * @param text its content
     * @param context its directory
     * @param files all regular files of the context that reach a build, relative to it, with slashes
     */
    public static DockerfileOrder of(String text, Path context, Set<String> files) {
        return new DockerfileOrder(text, context, files);
    }

    private static Map<Pattern, List<String>> manifests() {
        Map<Pattern, List<String>> manifests = new LinkedHashMap<>();
        List<String> node = List.of(
                "package.json", "package-lock.json", "npm-shrinkwrap.json", "yarn.lock", "pnpm-lock.yaml", ".npmrc");
        manifests.put(Pattern.compile("npm (?:ci|install|i)(?: -.*)?|(?:yarn|pnpm) install(?: -.*)?|yarn"), node);
        manifests.put(Pattern.compile("go mod (?:download|verify).*"), List.of("go.mod", "go.sum"));
        manifests.put(Pattern.compile("mvn (?:-\\S+ )*dependency:\\S+(?: -\\S+)*"), List.of("pom.xml"));
        manifests.put(Pattern.compile("bundle install.*"), List.of("Gemfile", "Gemfile.lock"));
        manifests.put(Pattern.compile("cargo fetch.*"), List.of("Cargo.toml", "Cargo.lock"));
        manifests.put(Pattern.compile("composer install.*"), List.of("composer.json", "composer.lock"));
        manifests.put(
                Pattern.compile("poetry install.* --no-root.*"),
                List.of("pyproject.toml", "poetry.lock", "poetry.toml"));
        return manifests;
    }

    /** Returns every instruction that copies a file of the context which none before it has copied, in their order. */
    public List<Input> inputs() {
        List<Input> inputs = new ArrayList<>();
        Set<String> copied = new TreeSet<>();
        for (Instruction instruction : instructions) {
            Copy copy = Copy.of(instruction);
            if (copy == null) {
                continue;
            }
            Set<String> own = copy.files(files);
            own.stream()
                    .filter(file -> !copied.contains(file))
                    .min(Comparator.comparing(DockerfileOrder::isAside))
                    .ifPresent(file -> inputs.add(new Input(instruction, file)));
            copied.addAll(own);
        }
        return inputs;
    }

    /** Tells files that nobody changes all day: hidden ones, the Dockerfile itself, and lists of what is to be installed. */
    private static boolean isAside(String file) {
        String name = file.substring(file.lastIndexOf('/') + 1);
        return file.startsWith(".")
                || file.startsWith("Dockerfile")
                || name.startsWith("requirements")
                || READS_MANIFESTS.values().stream().anyMatch(manifests -> manifests.contains(name));
    }

    /** Proposes another order; empty where none is seen in which a change would run fewer instructions again. */
    public Optional<Proposal> proposal() {
        List<String> lines = text.lines().toList();
        List<String> written = new ArrayList<>();
        int first = instructions.isEmpty() ? lines.size() : instructions.get(0).line() - 1;
        written.addAll(lines.subList(0, first));
        Map<Instruction, List<Instruction>> sunk = new LinkedHashMap<>();
        Set<Instruction> done = new LinkedHashSet<>();
        for (int i = 0; i < instructions.size(); i++) {
            Instruction instruction = instructions.get(i);
            if (done.contains(instruction)) {
                continue;
            }
            Copy copy = Copy.of(instruction);
            Set<String> own = copy == null ? Set.of() : copy.files(files);
            NavigableMap<Integer, Set<String>> needs = copy == null ? new TreeMap<>() : needsOfPassed(copy, own, i);
            if (copy == null || needs.isEmpty()) {
                written.addAll(linesOf(lines, i));
                continue;
            }
            Set<String> ahead = new TreeSet<>();
            List<Instruction> passed = new ArrayList<>();
            for (int j = i + 1; j <= needs.lastKey(); j++) {
                Instruction other = instructions.get(j);
                Set<String> needed = needs.get(j);
                if (needed != null) {
                    needed.removeAll(ahead);
                    written.addAll(copy.only(needed, own));
                    ahead.addAll(needed);
                    passed.add(other);
                }
                written.addAll(linesOf(lines, j));
                done.add(other);
            }
            written.addAll(linesOf(lines, i));
            sunk.put(instruction, passed);
        }
        return sunk.isEmpty() ? Optional.empty() : Optional.of(new Proposal(String.join("\n", written) + "\n", sunk));
    }

    /** Returns every RUN below which a copy can sink, by its position, with those of the copy's files that it reads. */
    private NavigableMap<Integer, Set<String>> needsOfPassed(Copy copy, Set<String> own, int position) {
        NavigableMap<Integer, Set<String>> needs = new TreeMap<>();
        for (int i = position + 1; i < instructions.size(); i++) {
            Instruction other = instructions.get(i);
            switch (other.keyword()) {
                case "RUN" -> {
                    Optional<Set<String>> needed = needs(other, copy, own);
                    // Where all of it is needed nothing is won.
                    if (needed.isEmpty() || needed.get().equals(own)) {
                        return needs;
                    }
                    needs.put(i, needed.get());
                }
                case "ENV",
                        "ARG",
                        "USER",
                        "SHELL",
                        "LABEL",
                        "EXPOSE",
                        "STOPSIGNAL",
                        "CMD",
                        "ENTRYPOINT",
                        "HEALTHCHECK" -> {
                    if (copy.usesVariables()) {
                        return needs;
                    }
                }
                case "WORKDIR" -> {
                    if (copy.isRelative()) {
                        return needs;
                    }
                }
                default -> {
                    return needs;
                }
            }
        }
        return needs;
    }

    /** Returns the files of a copy that a RUN reads; empty where it may read any. */
    private Optional<Set<String>> needs(Instruction run, Copy copy, Set<String> own) {
        String command = run.text().replaceFirst("(?i)^run ", "");
        while (command.startsWith("--")) {
            // What is mounted from the context is read without a copy.
            command = command.contains(" ") ? command.substring(command.indexOf(' ') + 1) : "";
        }
        if (command.startsWith("[") || command.contains("<<") || command.contains("`") || command.contains("$(")) {
            return Optional.empty();
        }
        Set<String> needed = new TreeSet<>();
        for (String single : COMMANDS.split(command)) {
            Optional<List<String>> manifests = READS_MANIFESTS.entrySet().stream()
                    .filter(known -> known.getKey().matcher(single).matches())
                    .map(Map.Entry::getValue)
                    .findFirst();
            if (manifests.isPresent()) {
                own.stream()
                        .filter(file -> manifests.get().contains(file.substring(file.lastIndexOf('/') + 1)))
                        .forEach(needed::add);
            } else if (!READS_NAMED.matcher(single).matches()
                    || READS_ALL.matcher(single).matches()) {
                return Optional.empty();
            }
            for (String word : WORDS.split(single)) {
                needed.addAll(copy.named(word, own));
            }
        }
        for (String file : List.copyOf(needed)) {
            pathsIn(file).forEach(path -> needed.addAll(copy.named(path, own)));
        }
        return Optional.of(needed);
    }

    /** Returns what in a list of what is to be installed may be a path: requirements name directories, and other lists. */
    private List<String> pathsIn(String file) {
        try {
            Path path = context.resolve(file);
            if (Files.size(path) > LARGEST_MANIFEST) {
                return List.of();
            }
            boolean json = file.endsWith(".json");
            return Arrays.stream(WORDS.split(Files.readString(path, ISO_8859_1)))
                    .filter(word -> json
                            ? word.startsWith("file:") || word.startsWith("link:")
                            : word.contains("/") || word.endsWith(".txt"))
                    .map(word -> word.replaceFirst("^(?:file|link):", ""))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** An instruction's lines end where the next begins, so that a remark goes with what stands above it. */
    private List<String> linesOf(List<String> lines, int index) {
        int from = instructions.get(index).line() - 1;
        int to = index + 1 < instructions.size() ? instructions.get(index + 1).line() - 1 : lines.size();
        return lines.subList(from, to);
    }

    /**
     * Is an instruction that copies files of the context.
     *
     * @param keyword COPY or ADD
     * @param flags as they are written
     * @param sources paths within the context, which may hold wildcards
     * @param destination as it is written
     */
    private record Copy(String keyword, List<String> flags, List<String> sources, String destination) {
        /** Reads an instruction; null where it copies nothing of the context, or in a form that is not told apart here. */
        static @Nullable Copy of(Instruction instruction) {
            if (!instruction.keyword().equals("COPY") && !instruction.keyword().equals("ADD")) {
                return null;
            }
            List<String> words =
                    new ArrayList<>(Arrays.asList(instruction.text().split(" ")));
            words.remove(0);
            List<String> flags = new ArrayList<>();
            while (!words.isEmpty() && words.get(0).startsWith("--")) {
                flags.add(words.remove(0));
            }
            boolean other = flags.stream().anyMatch(flag -> flag.startsWith("--from=") || flag.startsWith("--exclude"))
                    || words.size() < 2
                    || words.get(0).startsWith("[")
                    || words.stream().anyMatch(word -> word.startsWith("<<") || word.contains("://"));
            if (other) {
                return null;
            }
            return new Copy(
                    instruction.keyword(), flags, words.subList(0, words.size() - 1), words.get(words.size() - 1));
        }

        boolean isRelative() {
            return !destination.startsWith("/");
        }

        boolean usesVariables() {
            return destination.contains("$") || sources.stream().anyMatch(source -> source.contains("$"));
        }

        /** Returns those of the context's files that it copies. */
        Set<String> files(Set<String> context) {
            Set<String> copied = new TreeSet<>();
            for (String file : context) {
                if (sources.stream().anyMatch(source -> isBelow(file, clean(source)))) {
                    copied.add(file);
                }
            }
            return copied;
        }

        /** Returns the files that a word of a command names, as a path from where they are copied to or in full. */
        Set<String> named(String word, Set<String> own) {
            String target = clean(destination);
            String path = clean(word);
            Set<String> named = new TreeSet<>();
            for (String file : own) {
                String relative = relative(file);
                boolean hit = path.startsWith("/")
                        ? isBelow("/" + join(target.replaceFirst("^/", ""), relative), path)
                        : !path.isEmpty() && (isBelow(relative, path) || isBelow(file, path));
                if (hit) {
                    named.add(file);
                }
            }
            return named;
        }

        private String relative(String file) {
            for (String source : sources) {
                String from = clean(source);
                if (from.isEmpty()) {
                    return file;
                }
                if (file.startsWith(from + "/")) {
                    return file.substring(from.length() + 1);
                }
            }
            return file.substring(file.lastIndexOf('/') + 1);
        }

        /** Returns lines that copy some of its files to where it copies them: whole directories, and files by directory. */
        List<String> only(Set<String> needed, Set<String> own) {
            Map<String, List<String>> bySource = new LinkedHashMap<>();
            for (String file : needed) {
                String relative = relative(file);
                int slash = relative.lastIndexOf('/');
                String top =
                        slash < 0 ? "" : file.substring(0, file.length() - relative.length() + relative.indexOf('/'));
                if (!top.isEmpty()
                        && own.stream()
                                .filter(other -> other.startsWith(top + "/"))
                                .allMatch(needed::contains)) {
                    bySource.put(relative.substring(0, relative.indexOf('/')), List.of(top));
                } else {
                    bySource.computeIfAbsent(slash < 0 ? "" : relative.substring(0, slash), name -> new ArrayList<>())
                            .add(file);
                }
            }
            List<String> lines = new ArrayList<>();
            bySource.forEach((directory, some) -> lines.add(String.join(
                    " ", parts(some, join(destination.replaceFirst("(?<=.)/$", ""), directory) + "/"))));
            return lines;
        }

        private List<String> parts(List<String> some, String to) {
            List<String> parts = new ArrayList<>(List.of(keyword));
            parts.addAll(flags);
            parts.addAll(some);
            parts.add(to);
            return parts;
        }

        private static String join(String directory, String name) {
            return directory.isEmpty() ? name : name.isEmpty() ? directory : directory + "/" + name;
        }

        private static String clean(String path) {
            String cleaned = path.replaceFirst("^(?:\\./)+", "").replaceFirst("/+$", "");
            return cleaned.equals(".") ? "" : cleaned.isEmpty() && path.startsWith("/") ? "" : cleaned;
        }

        /** Returns whether a file is what a path or wildcard names, or lies below it. */
        private static boolean isBelow(String file, String path) {
            if (path.isEmpty()) {
                return true;
            }
            if (path.matches(".*[*?\\[].*")) {
                String expression = path.replaceAll("([.+(){}^$|\\\\])", "\\\\$1")
                        .replace("*", "[^/]*")
                        .replace("?", "[^/]");
                return file.matches(expression + "(?:/.*)?");
            }
            return file.equals(path) || file.startsWith(path + "/");
        }
    }
}
