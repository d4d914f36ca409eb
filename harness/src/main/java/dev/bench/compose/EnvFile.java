package dev.bench.compose;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Reads files of variables, such as {@code .env}, as Compose's specification says (05-services, env_file): a variable a line,
 * comments, quotes, and variables of before in what is not within single quotes.
 */
final class EnvFile {
    private final String text;
    private final Map<String, String> around;
    private final Map<String, String> read = new LinkedHashMap<>();
    private int at;
    private int line = 1;

    private EnvFile(String text, Map<String, String> around) {
        this.text = text.startsWith("\ufeff") ? text.substring(1) : text;
        this.around = around;
    }

    /**
     * Reads variables.
     *
     * @param around variables that values may name beside those of the file
     * @return the variables in the order of the file; one that is written twice has the last value
     * @throws IllegalArgumentException with line and reason where it is not written as it must be
     */
    static Map<String, String> read(String text, Map<String, String> around) {
        EnvFile file = new EnvFile(text.replace("\r\n", "\n"), around);
        file.all();
        return file.read;
    }

    private void all() {
        while (at < text.length()) {
            skipBlanks();
            if (at >= text.length()) {
                return;
            }
            char first = text.charAt(at);
            if (first == '#') {
                restOfLine();
            } else if (first != '\n') {
                variable();
            }
            if (at < text.length()) {
                at++;
                line++;
            }
        }
    }

    private void variable() {
        int begin = at;
        while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '=') {
            at++;
        }
        String name = text.substring(begin, at).strip();
        name = name.startsWith("export ") ? name.substring("export ".length()).strip() : name;
        if (!name.matches("[A-Za-z_][A-Za-z0-9_.-]*")) {
            throw fault("'" + name + "' is not a name for a variable; write NAME=value");
        }
        if (at >= text.length() || text.charAt(at) == '\n') {
            String value = around.get(name);
            if (value != null) {
                read.put(name, value);
            }
            return;
        }
        at++;
        skipBlanks();
        read.put(name, value());
    }

    private String value() {
        if (at < text.length() && text.charAt(at) == '\'') {
            return quoted('\'');
        }
        if (at < text.length() && text.charAt(at) == '"') {
            return interpolated(quoted('"'));
        }
        String rest = restOfLine();
        int comment = rest.startsWith("#") ? 0 : rest.indexOf(" #");
        return interpolated((comment < 0 ? rest : rest.substring(0, comment)).strip());
    }

    private String quoted(char quote) {
        int begun = line;
        at++;
        StringBuilder value = new StringBuilder();
        while (at < text.length() && text.charAt(at) != quote) {
            char next = text.charAt(at++);
            if (next == '\\' && quote == '"' && at < text.length()) {
                value.append(escaped(text.charAt(at++)));
            } else {
                line += next == '\n' ? 1 : 0;
                value.append(next);
            }
        }
        if (at >= text.length()) {
            line = begun;
            throw fault("has a quote that does not end");
        }
        at++;
        String rest = restOfLine().strip();
        if (!rest.isEmpty() && !rest.startsWith("#")) {
            throw fault("has '" + rest + "' after the quote's end");
        }
        return value.toString();
    }

    private static String escaped(char letter) {
        return switch (letter) {
            case 'n' -> "\n";
            case 'r' -> "\r";
            case 't' -> "\t";
            case '$' -> "$$";
            case '"', '\\' -> String.valueOf(letter);
            default -> "\\" + letter;
        };
    }

    private String interpolated(String value) {
        Map<String, String> known = new LinkedHashMap<>(read);
        known.putAll(around);
        try {
            return new Interpolation(known).apply(value);
        } catch (IllegalArgumentException e) {
            throw fault(String.valueOf(e.getMessage()));
        }
    }

    private String restOfLine() {
        int end = text.indexOf('\n', at);
        String rest = text.substring(at, end < 0 ? text.length() : end);
        at = end < 0 ? text.length() : end;
        return rest;
    }

    private void skipBlanks() {
        while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == '\t')) {
            at++;
        }
    }

    private IllegalArgumentException fault(String message) {
        return new IllegalArgumentException("line " + line + " " + message);
    }
}
