package dev.bench.known;

import dev.bench.host.FileTrees;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Writes the build context of an image that holds programs and nothing else. */
public final class ProgramImage {
    private ProgramImage() {}

    /**
     * Writes it.
     *
     * @param context its directory
     * @param programs executables by name
     * @param entrypoint name of the one that is run
     */
    public static void write(Path context, Map<String, byte[]> programs, String entrypoint) throws IOException {
        Path root = Files.createDirectories(context.resolve("root"));
        for (String place : List.of("dev", "proc", "sys", "run", "tmp", "etc")) {
            Files.createDirectories(root.resolve(place));
        }
        for (Map.Entry<String, byte[]> program : programs.entrySet()) {
            FileTrees.writeProgram(root.resolve(program.getKey()), program.getValue());
        }
        Files.writeString(context.resolve("Dockerfile"), """
                FROM scratch
                COPY root/ /
                ENTRYPOINT ["/%s"]
                """.formatted(entrypoint));
    }
}
