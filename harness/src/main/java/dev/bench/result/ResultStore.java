package dev.bench.result;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads and writes one result directory.
 *
 * <p>Launches are appended one line at a time with a single write, so that a killed run keeps every finished launch;
 * every other file is replaced atomically. Safe for use by several threads and by several processes that append.
 */
public final class ResultStore {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .build();
    private static final ObjectMapper PRETTY = JSON.copy()
            .disable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
            .enable(SerializationFeature.INDENT_OUTPUT);

    /** Parts without which nothing can be said of a result. */
    private static final List<String> REQUIRED = List.of("scenario", "plan", "host", "workload");

    private static final String LAUNCHES = "launches.jsonl";
    private static final String READINGS = "readings.jsonl";
    private static final String SCALE_OUT = "scaleout.jsonl";

    private final Path directory;

    /** Opens a result directory that exists. */
    public ResultStore(Path directory) {
        this.directory = directory;
    }

    /** Creates the directory with its {@code logs}; throws {@link ResultException} where that is not possible. */
    public static ResultStore create(Path directory) {
        try {
            Files.createDirectories(directory.resolve("logs"));
        } catch (IOException e) {
            throw new ResultException(directory, "cannot create the result directory (" + e + ")", e);
        }
        return new ResultStore(directory);
    }

    /** Returns the directory. */
    public Path directory() {
        return directory;
    }

    /** Returns the directory of the instances' logs. */
    public Path logs() {
        return directory.resolve("logs");
    }

    /** Appends one launch. */
    public void append(Launch launch) {
        append(LAUNCHES, line(launch));
    }

    /** Appends what a trial of scale-out found beside its metrics. */
    public void append(ScaleOutTrial trial) {
        append(SCALE_OUT, line(trial));
    }

    /** Appends one reading of memory. */
    public void append(MemoryReading reading) {
        append(READINGS, line(reading));
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
            ByteBuffer bytes = ByteBuffer.wrap(content);
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            throw new ResultException(file, "cannot append (" + e + "); free space or choose another --out", e);
        }
    }

    /** Reads every launch; a last line cut short by a killed run is skipped, any other bad line is an error. */
    public List<Launch> launches() {
        return lines(LAUNCHES, Launch.class, "a launch");
    }

    /** Reads every trial of scale-out as {@link #launches} does; none where the measure was another one. */
    public List<ScaleOutTrial> scaleOutTrials() {
        return lines(SCALE_OUT, ScaleOutTrial.class, "a trial of scale-out");
    }

    /** Reads every reading of memory as {@link #launches} does; none where the measure was another one. */
    public List<MemoryReading> readings() {
        return lines(READINGS, MemoryReading.class, "a reading");
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
                try {
                    records.add(record(file, number, line, type, what));
                } catch (JsonProcessingException e) {
                    if (next != null) {
                        throw new ResultException(file, "line " + number + " is not " + what, e);
                    }
                }
                line = next;
            }
        } catch (NoSuchFileException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return records;
    }

    private static <T> T record(Path file, int number, String line, Class<T> type, String what)
            throws JsonProcessingException {
        T record = JSON.readValue(line, type);
        // Another tool's line may be JSON all the same.
        if (record == null || (record instanceof Launch launch && launch.target() == null)) {
            throw new ResultException(file, "line " + number + " is not " + what);
        }
        return record;
    }

    /** Writes {@code result.json}. */
    public void write(Result result) {
        try {
            write("result.json", PRETTY.writeValueAsBytes(result));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads {@code result.json}; throws {@link ResultException} where it is missing, damaged or of another schema. */
    public Result read() {
        Path file = directory.resolve("result.json");
        try {
            JsonNode tree = JSON.readTree(Files.readAllBytes(file));
            String schema = tree.path("schema").asText("");
            if (schema.isEmpty()) {
                throw new ResultException(file, "not a result of this tool (it names no schema)");
            }
            // Looked at before the rest, which another schema may hold in another form.
            if (!schema.equals(Result.SCHEMA)) {
                throw new ResultException(file, "schema is '" + schema + "', this build reads '" + Result.SCHEMA + "'");
            }
            for (String part : REQUIRED) {
                if (!tree.path(part).isObject()) {
                    throw new ResultException(file, "not a result of this tool (it has no '" + part + "')");
                }
            }
            return JSON.treeToValue(tree, Result.class);
        } catch (NoSuchFileException e) {
            throw new ResultException(file, "no such file; name a directory that `bench run` wrote", e);
        } catch (IOException e) {
            throw new ResultException(
                    file, "not a result of this tool (" + e.getClass().getSimpleName() + ")", e);
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
            throw new ResultException(file, "cannot write (" + e + "); free space or choose another --out", e);
        }
    }
}
