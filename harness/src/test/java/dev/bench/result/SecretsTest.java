package dev.bench.result;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Holds what is masked to the forms in which secrets are written, and everything else to being left alone. */
final class SecretsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://user:hunter2@host:6379/0|redis://user:***@host:6379/0",
                "https://host/path?token=abc&page=2|https://host/path?token=***&page=2",
                "-Ddb.password=hunter2 -Xmx1g|-Ddb.password=*** -Xmx1g",
                "serve --api-key abc --port 80|serve --api-key *** --port 80",
                "env: {DB_PASSWORD: hun ter, USER: me}|env: {DB_PASSWORD: ***, USER: me}",
                "Authorization: Bearer abc.def|Authorization: Bearer ***",
                "jdbc:postgresql://host/db?user=me&password=p|jdbc:postgresql://host/db?user=me&password=***",
                "http://host:80/a@b|http://host:80/a@b",
                "PWD=/srv OLDPWD=/ DB_PWD=p;pwd=p|PWD=/srv OLDPWD=/ DB_PWD=***;pwd=***",
                "size=12, mode=fast|size=12, mode=fast",
            })
    void masksASecretAndNothingElse(String text, String masked) {
        assertEquals(masked, Secrets.mask(text));
    }

    @Test
    void masksWhatANameSaysIsASecretWhateverItLooksLike() {
        assertEquals("***", Secrets.mask("apiKey", "two words"));
        assertEquals("REDIS_TOKEN=***", Secrets.maskVariable("REDIS_TOKEN=a b c"));
        assertEquals("PATH=/bin", Secrets.maskVariable("PATH=/bin"));
        assertEquals(
                List.of("serve", "--api-key", "***", "--port", "80", "--token=***", "--password", "-v"),
                Secrets.maskArguments(
                        List.of("serve", "--api-key", "a b", "--port", "80", "--token=x y", "--password", "-v")));
    }

    /** What a scenario says stays where it is, since faults and readers go by lines only as far as the secret. */
    @Test
    void masksASecretOfSeveralLines() {
        assertEquals(
                "env:\n  DB_PASSWORD: ***\n  USER: me\n  API_TOKEN: ***\nlimits: {cpus: 1}\n",
                Secrets.maskYaml(
                        "env:\n  DB_PASSWORD: |\n    hunter2\n    more\n  USER: me\n  API_TOKEN:\n    \"x y\"\n"
                                + "limits: {cpus: 1}\n"));
        assertEquals("image: {debian: bookworm}\n", Secrets.maskYaml("image: {debian: bookworm}\n"));
    }

    /** A log may hold any line. */
    @Test
    @Timeout(20)
    void goesThroughALongWordOnce() {
        String word = "a".repeat(1_000_000) + " token=x";

        assertEquals(word.replace("token=x", "token=***"), Secrets.mask(word));
    }

    @Test
    void masksTheLogsOfAResult(@TempDir Path directory) throws IOException {
        ResultStore store = ResultStore.create(directory);
        Path told = store.logs().resolve("a.log");
        Path other = store.logs().resolve("b.log");
        Files.write(told, "ready\nDB_PASSWORD=hunter2\n\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
        byte[] binary = {0, -1, '\r', '\n', 7};
        Files.write(other, binary);

        store.maskLogs();

        assertEquals("ready\nDB_PASSWORD=***\n\u00e9\n", Files.readString(told, StandardCharsets.ISO_8859_1));
        assertArrayEquals(binary, Files.readAllBytes(other));
        try (Stream<Path> logs = Files.list(store.logs())) {
            assertEquals(2, logs.count());
        }
    }

    @Test
    void whatIsStoredOfATargetAndOfAFailureHoldsNone() {
        Identity seen = new Identity(
                "t",
                List.of("serve", "--token", "hunter2"),
                List.of("DB_PASSWORD=hunter2", "URL=redis://me:hunter2@h/0", "USER=me"),
                0,
                0,
                "/",
                "6.1",
                1,
                1,
                null,
                Map.of());
        Result.TargetFacts target = new Result.TargetFacts("a", TargetKind.PROCESS, "process", false, Map.of(), seen);

        assertEquals(
                List.of("serve", "--token", "***"), target.masked().identity().argv());
        assertEquals(
                List.of("DB_PASSWORD=***", "URL=redis://me:***@h/0", "USER=me"),
                target.masked().identity().env());
        assertEquals(
                "It last wrote: password=***",
                new Failure("exited", "It last wrote: password=hunter2", null).message());
    }
}
