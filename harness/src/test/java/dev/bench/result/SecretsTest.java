package dev.bench.result;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
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
    }
}
