package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads the instructions of a Dockerfile with their lines, as far as it takes to tell which is which and what they build on.
 *
 * <p>Format: <a href="https://docs.docker.com/reference/dockerfile/">Dockerfile reference</a>. Immutable.
 */
public final class Dockerfile {
    /** The argument that gets the reference of the base which a scenario names. */
    public static final String BASE = "BASE";

    private static final Pattern ESCAPE = Pattern.compile("(?i)#\\s*escape\\s*=\\s*(\\S)\\s*");
    private static final Pattern HERE_DOCUMENT = Pattern.compile("<<-?[\"']?([A-Za-z_][A-Za-z0-9_]*)[\"']?");
    private static final Pattern VARIABLE =
            Pattern.compile("\\$(?:\\{([A-Za-z_][A-Za-z0-9_]*)(?::?([-+])([^}]*))?\\}|([A-Za-z_][A-Za-z0-9_]*))");
    /** An option that names an image or a stage by its name, not by a number or a variable. */
    private static final Pattern TAKEN_FROM =
            Pattern.compile("--(?:from=|mount=(?:[^,]*,)*from=)((?![0-9]+(?:,|$))[^,$]+)(?:,.*)?");

    private static final Pattern STAGE = Pattern.compile("(?i)from .* as (\\S+)");
    private static final String NOTHING = "scratch";

    /** As read byte by byte. */
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    private final List<Instruction> instructions;

    private Dockerfile(List<Instruction> instructions) {
        this.instructions = List.copyOf(instructions);
    }

    /**
     * Is one instruction.
     *
     * @param line of its beginning, from 1
     * @param keyword in capitals, such as {@code RUN}
     * @param text all of it on one line, as it is written but for blanks, the keyword first
     */
    public record Instruction(int line, String keyword, String text) {}

    /** Reads a file. */
    public static Dockerfile read(Path file) throws IOException {
        return parse(Files.readString(file, ISO_8859_1));
    }

    /** Reads a text. */
    public static Dockerfile parse(String text) {
        List<Instruction> instructions = new ArrayList<>();
        String content = text.startsWith(BYTE_ORDER_MARK) ? text.substring(BYTE_ORDER_MARK.length()) : text;
        List<String> lines = content.lines().toList();
        char escape = '\\';
        boolean directives = true;
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            Matcher directive = ESCAPE.matcher(line);
            if (directives && directive.matches()) {
                escape = directive.group(1).charAt(0);
            }
            directives &= line.startsWith("#") && line.contains("=");
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            int begin = i;
            StringBuilder whole = new StringBuilder();
            while (continues(line, escape) && i + 1 < lines.size()) {
                whole.append(line, 0, line.length() - 1).append(' ');
                i++;
                while (i + 1 < lines.size() && isSkipped(lines.get(i))) {
                    i++;
                }
                line = isSkipped(lines.get(i)) ? "" : lines.get(i).strip();
            }
            whole.append(line);
            String instruction = normalized(whole.toString());
            i = afterHereDocuments(instruction, lines, i);
            String keyword = instruction.split(" ", 2)[0].toUpperCase(Locale.ROOT);
            instructions.add(new Instruction(begin + 1, keyword, instruction));
        }
        return new Dockerfile(instructions);
    }

    /** Returns a text with single blanks between its words: how two spellings of an instruction are compared. */
    public static String normalized(String text) {
        return text.strip().replaceAll("\\s+", " ");
    }

    private static boolean continues(String line, char escape) {
        return !line.isEmpty() && line.charAt(line.length() - 1) == escape;
    }

    private static boolean isSkipped(String line) {
        return line.isBlank() || line.strip().startsWith("#");
    }

    private static int afterHereDocuments(String instruction, List<String> lines, int last) {
        int at = last;
        if (instruction.matches("(?i)(run|copy|add)\\b.*")) {
            Matcher document = HERE_DOCUMENT.matcher(instruction);
            while (document.find()) {
                String end = document.group(1);
                int next = at + 1;
                while (next < lines.size() && !lines.get(next).strip().equals(end)) {
                    next++;
                }
                at = next < lines.size() ? next : at;
            }
        }
        return at;
    }

    /** Returns the instructions in their order. */
    public List<Instruction> instructions() {
        return instructions;
    }

    /**
     * Returns the references of the images that it builds on, its own stages left out, each once, in their order.
     *
     * @param arguments what the build is given for its ARG instructions
     */
    public List<String> bases(Map<String, String> arguments) {
        Map<String, String> variables = new HashMap<>();
        Set<String> stages = new HashSet<>();
        Set<String> bases = new LinkedHashSet<>();
        for (Instruction instruction : instructions) {
            List<String> words = new ArrayList<>(List.of(instruction.text().split(" ")));
            words.remove(0);
            if (instruction.keyword().equals("ARG") && bases.isEmpty() && stages.isEmpty()) {
                words.forEach(word -> argument(word, arguments, variables));
            }
            words.removeIf(word -> word.startsWith("--"));
            if (!instruction.keyword().equals("FROM") || words.isEmpty()) {
                continue;
            }
            String reference = substituted(words.get(0), variables).replaceAll("^[\"']|[\"']$", "");
            if (!reference.equals(NOTHING)
                    && !reference.isEmpty()
                    && !stages.contains(reference.toLowerCase(Locale.ROOT))) {
                bases.add(reference);
            }
            stages.add(
                    words.size() > 2 && words.get(1).equalsIgnoreCase("as")
                            ? words.get(2).toLowerCase(Locale.ROOT)
                            : "");
        }
        return List.copyOf(bases);
    }

    /**
     * Returns the references of all images that a build takes something of: those that it builds on, and those that files are
     * copied or mounted from, each once.
     *
     * @param arguments what the build is given for its ARG instructions
     */
    public List<String> images(Map<String, String> arguments) {
        Set<String> images = new LinkedHashSet<>(bases(arguments));
        Set<String> stages = new HashSet<>(Set.of(NOTHING));
        for (Instruction instruction : instructions) {
            for (String word : instruction.text().split(" ")) {
                Matcher from = TAKEN_FROM.matcher(word);
                if (from.matches() && !stages.contains(from.group(1).toLowerCase(Locale.ROOT))) {
                    images.add(from.group(1));
                }
            }
            Matcher stage = STAGE.matcher(instruction.text());
            if (stage.matches()) {
                stages.add(stage.group(1).toLowerCase(Locale.ROOT));
            }
        }
        return List.copyOf(images);
    }

    private static void argument(String word, Map<String, String> given, Map<String, String> variables) {
        String[] parts = word.split("=", 2);
        String fallback = parts.length > 1 ? parts[1].replaceAll("^[\"']|[\"']$", "") : "";
        variables.put(parts[0], given.getOrDefault(parts[0], substituted(fallback, variables)));
    }

    private static String substituted(String text, Map<String, String> variables) {
        return VARIABLE.matcher(text).replaceAll(match -> {
            String name = match.group(1) == null ? match.group(4) : match.group(1);
            String value = variables.getOrDefault(name, "");
            String operator = match.group(2);
            boolean otherwise = operator != null && operator.equals("+") != value.isEmpty();
            return Matcher.quoteReplacement(otherwise ? match.group(3) : "+".equals(operator) ? "" : value);
        });
    }
}
