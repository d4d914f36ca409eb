package dev.bench.result;

import com.fasterxml.jackson.annotation.JsonSetter;
import com.fasterxml.jackson.annotation.Nulls;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamReadException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Reads and writes one result directory.
 *
 * <p>Launches are appended one line at a time with a single write, so that a killed run keeps every finished launch;
 * every other file is replaced atomically. Safe for use by several threads and by several processes that append.
 */
public final class ResultStore {
    private static final JsonSetter.Value NO_NULLS = JsonSetter.Value.construct(Nulls.AS_EMPTY, Nulls.SKIP);
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            // A result of an older minor version lacks the lists and maps that were added since.
            .withConfigOverride(List.class, list -> list.setSetterInfo(NO_NULLS))
            .withConfigOverride(Map.class, map -> map.setSetterInfo(NO_NULLS))
            .build();
    private static final ObjectWriter PRETTY = JSON.writer()
            .without(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .with(SerializationFeature.INDENT_OUTPUT);

    /** The log of a lab's container engine, where that engine failed: a path within the result. */
    public static final String ENGINE_LOG = "logs/engine.log";

    private static final String LAUNCHES = "launches.jsonl";
    private static final String FILE = "result.json";
    /** Stored results are a few kilobytes; what is this large was written by something else. */
    private static final long MOST_BYTES = 64L << 20;

    private static final String BYTE_ORDER_MARK = "\ufeff";
    private static final String BASELINE = "baseline";
    private static final String LOGS = "logs";
    /** Every file that the tool writes into a result directory; what is measured stands in lines of JSON. */
    private static final Pattern OWN_FILES = Pattern.compile("result\\.json|[a-z]+\\.jsonl|jmh\\.json|scenario\\.yaml"
            + "|report\\.(?:html|md)|baseline|[^/]+\\.hlog|\\.[^/]+\\.part");

    private final Path directory;

    /** Opens a result directory that exists. */
    public ResultStore(Path directory) {
        this.directory = directory;
    }

    /** Creates the directory with its {@code logs}; throws {@link ResultException} where that is not possible. */
    public static ResultStore create(Path directory) {
        try {
            Files.createDirectories(directory.resolve(LOGS));
        } catch (IOException e) {
            throw new ResultException(
                    directory,
                    "cannot create the result directory (" + FileFault.reason(e) + "); name another with --out",
                    e);
        }
        return new ResultStore(directory);
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /** Returns the directory of the instances' logs. */
    public Path logs() {
        return directory.resolve(LOGS);
    }

    /**
     * Masks the secrets in the logs, which are as their programs wrote them until then; no program may write any more. A log
     * that cannot be replaced is removed.
     */
    public void maskLogs() {
        try (Stream<Path> logs = Files.walk(logs())) {
            for (Path log : logs.filter(Files::isRegularFile).toList()) {
                maskLog(log);
            }
        } catch (IOException e) {
            throw new ResultException(logs(), "cannot mask the secrets in the logs (" + FileFault.reason(e) + ")", e);
        }
    }

    private static void maskLog(Path log) throws IOException {
        // Bytes that are no text stay as they are in it, and a log may be larger than memory.
        try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
            if (lines.allMatch(line -> Secrets.mask(line).equals(line))) {
                return;
            }
        }
        Path part = log.resolveSibling("." + log.getFileName() + ".part");
        try {
            try (Stream<String> lines = Files.lines(log, StandardCharsets.ISO_8859_1)) {
                Files.write(part, (Iterable<String>) lines.map(Secrets::mask)::iterator, StandardCharsets.ISO_8859_1);
            }
            Files.move(part, log, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            Files.deleteIfExists(part);
            Files.delete(log);
        }
    }

    /** Appends one launch. */
    public void append(Launch launch) {
        append(LAUNCHES, line(launch));
    }

    /** Appends one record to a measure's details. */
    public <T> void append(DetailFile<T> file, T record) {
        append(file.name(), line(record));
    }

    private static byte[] line(Object record) {
        try {
            return (JSON.writeValueAsString(record) + "\n").getBytes(StandardCharsets.UTF_8);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns whether there is no file of this name yet. */
    public boolean isAbsent(String name) {
        return !Files.exists(directory.resolve(name));
    }

    /** Appends to a file of the result with a single write where the kernel allows it. */
    public void append(String name, byte[] content) {
        Path file = directory.resolve(name);
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND)) {
            long before = channel.size();
            ByteBuffer bytes = ByteBuffer.wrap(content);
            try {
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
            } catch (IOException e) {
                // A full disk may take part of a line, and a later line would then continue it.
                channel.truncate(before);
                throw e;
            }
        } catch (IOException e) {
            throw new ResultException(
                    file, "cannot append (" + FileFault.reason(e) + "); free space or choose another --out", e);
        }
    }

    /**
     * Reads every launch; a last line cut short by a killed run is skipped, any other bad line is an error, and so is one
     * that is there twice: it would count twice.
     */
    public List<Launch> launches() {
        List<Launch> launches = lines(LAUNCHES, Launch.class, "a launch");
        Set<Launch> seen = new HashSet<>();
        for (Launch launch : launches) {
            if (!seen.add(launch)) {
                throw new ResultException(
                        directory.resolve(LAUNCHES),
                        "holds a launch twice: " + launch.target() + ", session " + launch.session() + ", block "
                                + launch.block() + ", position " + launch.position());
            }
        }
        return launches;
    }

    /** Reads every record of a measure's details as {@link #launches} does; none where the measure was another one. */
    public <T> List<T> details(DetailFile<T> file) {
        return lines(file.name(), file.type(), file.what());
    }

    private <T> List<T> lines(String name, Class<T> type, String what) {
        Path file = directory.resolve(name);
        List<T> records = new ArrayList<>();
        // A line may be cut within a character, which Files.newBufferedReader refuses.
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(Files.newInputStream(file), StandardCharsets.UTF_8))) {
            String line = reader.readLine();
            for (int number = 1; line != null; number++) {
                String next = reader.readLine();
                if (number == 1 && line.startsWith(BYTE_ORDER_MARK)) {
                    line = line.substring(BYTE_ORDER_MARK.length());
                }
                try {
                    if (!line.isBlank()) {
                        records.add(record(file, number, line, type, what));
                    }
                } catch (JsonProcessingException e) {
                    if (next != null || !isCutShort(e)) {
                        throw new ResultException(file, "line " + number + " is not " + what, e);
                    }
                }
                line = next;
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new ResultException(file, "cannot be read (" + FileFault.reason(e) + ")", e);
        }
        return records;
    }

    /** Tells whether a line is no JSON, rather than other JSON: one that a killed run was at is never whole. */
    private static boolean isCutShort(JsonProcessingException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof StreamReadException) {
                return true;
            }
        }
        return false;
    }

    private static <T> T record(Path file, int number, String line, Class<T> type, String what)
            throws JsonProcessingException {
        T record = JSON.readValue(line, type);
        // Another tool's line may be JSON all the same.
        String missing = record == null ? "" : Completeness.missing(record);
        if (missing != null) {
            throw new ResultException(
                    file,
                    "line " + number + " is not " + what + (missing.isEmpty() ? "" : " (it has no '" + missing + "')"));
        }
        return record;
    }

    /** Writes {@code result.json}. */
    public void write(Result result) {
        try {
            write(FILE, PRETTY.writeValueAsBytes(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Reads {@code result.json}. Lists and maps that an older minor version did not have yet are empty, what a newer one
     * added is ignored.
     *
     * @throws ResultException where it is missing, damaged, not a result, or of another major version of the schema
     */
    public Result read() {
        Path file = directory.resolve(FILE);
        try {
            long size = Files.size(file);
            if (size > MOST_BYTES) {
                throw new ResultException(
                        file,
                        "not a result of this tool (it has " + (size >> 20) + " MiB, a result has " + (MOST_BYTES >> 20)
                                + " at most)");
            }
            if (size == 0) {
                throw new ResultException(file, "not a result of this tool (it is empty)");
            }
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            String schema = tree.path("schema").asText("");
            if (schema.isEmpty()) {
                throw new ResultException(file, "not a result of this tool (it names no schema)");
            }
            // Looked at before the rest, which another schema may hold in another form.
            if (!schema.equals(Result.SCHEMA)) {
                throw new ResultException(file, "schema is '" + schema + "', this build reads '" + Result.SCHEMA + "'");
            }
            require(file, tree, "", "id", "tool", "startedAt", "endedAt", "scenario", "plan", "workload");
            require(file, tree.path("scenario"), "scenario.", "name", "sha256", "measure");
            require(file, tree.path("plan"), "plan.", "reference");
            require(
                    file,
                    tree.path("workload"),
                    "workload.",
                    "image",
                    "imageDigest",
                    "treeDigest",
                    "readiness",
                    "limits");
            for (JsonNode target : tree.path("targets")) {
                require(file, target, "targets.", "name", "kind", "engine");
            }
            for (JsonNode metric : tree.path("metrics")) {
                require(file, metric, "metrics.", "metric", "unit", "target");
            }
            Result result = JSON.treeToValue(tree, Result.class);
            String missing = Completeness.missing(result);
            if (missing != null) {
                throw new ResultException(file, "not a result of this tool (it has no '" + missing + "')");
            }
            return result;
        } catch (NoSuchFileException e) {
            throw new ResultException(
                    file,
                    Files.exists(directory.resolve("scenario.yaml"))
                            ? "no such file; that run ended before its targets were proved, and measured nothing"
                            : "no such file; name a directory that `bench run` wrote",
                    e);
        } catch (JsonProcessingException e) {
            throw new ResultException(file, "not a result of this tool (" + describe(e) + ")", e);
        } catch (IOException e) {
            throw new ResultException(file, "not a result of this tool (" + FileFault.reason(e) + ")", e);
        }
    }

    /** Demands what every version has stored, so that nothing later meets a null. */
    private static void require(Path file, JsonNode node, String where, String... names) {
        for (String name : names) {
            if (!node.hasNonNull(name)) {
                throw new ResultException(file, "not a result of this tool (it has no '" + where + name + "')");
            }
        }
    }

    private static String describe(JsonProcessingException e) {
        if (e instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return "its '"
                    + mapping.getPath().stream()
                            .map(JsonMappingException.Reference::getFieldName)
                            .filter(name -> name != null)
                            .collect(Collectors.joining("."))
                    + "' cannot be read";
        }
        return e.getLocation() == null
                ? "no JSON"
                : "cut short or damaged at line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }

    /** Returns whether the result is marked as a baseline, which nothing prunes. */
    public boolean isBaseline() {
        return Files.exists(directory.resolve(BASELINE));
    }

    /** Marks the result as a baseline, by a file of that name in its directory, or takes the mark away. */
    public void markBaseline(boolean baseline) {
        if (baseline) {
            write(BASELINE, "Kept by `bench prune` as long as this file is here.\n".getBytes(StandardCharsets.UTF_8));
            return;
        }
        try {
            Files.deleteIfExists(directory.resolve(BASELINE));
        } catch (IOException e) {
            throw new ResultException(directory.resolve(BASELINE), "cannot remove (" + e + ")", e);
        }
    }

    /** Returns the names in the directory that the tool never writes there, sorted. */
    public List<String> foreignFiles() throws IOException {
        List<String> foreign = new ArrayList<>();
        try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
            for (Path entry : entries) {
                String name = entry.getFileName().toString();
                boolean own = Files.isDirectory(entry, LinkOption.NOFOLLOW_LINKS)
                        ? name.equals(LOGS)
                        : OWN_FILES.matcher(name).matches();
                if (!own) {
                    foreign.add(name);
                }
            }
        }
        foreign.sort(Comparator.naturalOrder());
        return foreign;
    }

    /**
     * Deletes the result with its directory, following no link. {@code result.json} goes last: a deletion that was cut
     * short leaves a result, which can be deleted again.
     *
     * @throws IOException where a file cannot be deleted, or the directory holds one that the tool did not write
     */
    public void delete() throws IOException {
        if (Files.isSymbolicLink(directory)) {
            throw new IOException(directory + " is a link");
        }
        List<String> foreign = foreignFiles();
        if (!foreign.isEmpty()) {
            throw new IOException(directory + " holds what bench did not write: " + String.join(", ", foreign));
        }
        List<Path> files;
        try (Stream<Path> tree = Files.walk(directory)) {
            files = tree.sorted(Comparator.reverseOrder()).collect(Collectors.toCollection(ArrayList::new));
        }
        Path result = directory.resolve(FILE);
        files.remove(result);
        files.add(files.indexOf(directory), result);
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Writes a file of the result atomically. */
    public void write(String name, byte[] content) {
        Path file = directory.resolve(name);
        Path part = directory.resolve("." + name + ".part");
        try {
            Files.write(part, content);
            Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new ResultException(
                    file, "cannot write (" + FileFault.reason(e) + "); free space or choose another --out", e);
        }
    }
}
