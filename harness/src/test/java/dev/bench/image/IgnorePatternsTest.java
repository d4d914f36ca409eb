package dev.bench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class IgnorePatternsTest {
    @TempDir
    Path directory;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "secret | secret sub/secret | secret",
                "/secret | secret sub/secret | secret",
                "secret/ | secret secret/x | secret secret/x",
                "**/*.key | a.key b/c/d.key a.key2 | a.key b/c/d.key",
                "*.key | a.key b/c.key | a.key",
                "**/*.key;!keep.key | a.key keep.key sub/keep.key | a.key sub/keep.key",
                "*;!keep | a b/c keep keep/x | a b/c",
                "# secret;secret2 | secret secret2 | secret2",
                " # secret | secret | ''",
                "../x | x a/x | ''",
                "a/../b | a b a/b | b",
                "./a//b/ | a a/b a/b/c | a/b a/b/c",
                "** | a b/c | a b/c",
                "a/** | a a/b a/b/c | a/b a/b/c",
                "a/**/b | a/b a/x/b a/x/y/b/c ab | a/b a/x/b a/x/y/b/c",
                "**/b | b x/b x/yb x/b/c | b x/b x/b/c",
                "?b | ab b /b xab | ab",
                "[a-c]x | ax dx | ax",
                "[^a]x | ax bx | bx",
                "a\\* | a* ab | a*",
                "a*b*c | abc axbyc axbxc/d abd ab/c | abc axbyc axbxc/d",
                "**/a/**/b/** | a/b a/b/c x/a/y/b/z/w xa/b/c | a/b/c x/a/y/b/z/w",
                "?[!-\uffff]x | \ud83d\ude00ax \ud83d\ude00x | \ud83d\ude00ax",
                "a.b+(c) | a.b+(c) aXb | a.b+(c)",
                ". | a | ''",
                "a;!a/b;a/b/c | a/x a/b a/b/c a/b/d | a/x a/b/c",
            })
    void pathsAreLeftOutAsByDockerBuild(String patterns, String paths, String expected) throws IOException {
        IgnorePatterns ignore = new IgnorePatterns("\ufeff" + patterns.replace(';', '\n') + "\r\n\n");
        List<String> out = new ArrayList<>();
        for (String path : paths.split(" ")) {
            if (ignore.leavesOut(path)) {
                out.add(path);
            }
        }
        assertEquals(expected, String.join(" ", out));
    }

    @ParameterizedTest
    @ValueSource(strings = {"*a", "**/", "a**", "**/*", "*?", "**a*"})
    void noPatternTakesLongToMatch(String part) throws IOException {
        IgnorePatterns ignore = new IgnorePatterns(part.repeat(500) + "b");
        assertTimeoutPreemptively(
                Duration.ofSeconds(10), () -> assertFalse(ignore.leavesOut("aaa/".repeat(50) + "a".repeat(50))));
    }

    @ParameterizedTest
    @CsvSource({"a;[b,line 2", "!,line 1", "a\\,line 1", "!//,line 1", "dir\\secret,before a letter"})
    void aMalformedPatternIsNamedByItsLine(String patterns, String expected) {
        String message =
                String.valueOf(assertThrows(IOException.class, () -> new IgnorePatterns(patterns.replace(';', '\n')))
                        .getMessage());
        assertTrue(message.contains(expected), message);
    }

    private List<String> packed() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new BuildContext(directory).writeGzip(out);
        List<String> names = new ArrayList<>();
        TarReader reader = new TarReader(new GZIPInputStream(new ByteArrayInputStream(out.toByteArray())));
        for (TarReader.Entry entry = reader.next(); entry != null; entry = reader.next()) {
            names.add(entry.name());
        }
        return names;
    }

    @Test
    void onlyWhatIsNotLeftOutIsPacked() throws IOException {
        Files.createDirectories(directory.resolve("sub/deep"));
        for (String file : List.of("Dockerfile", "a.key", "keep.key", "sub/b.key", "sub/deep/keep.txt", "sub/x")) {
            Files.writeString(directory.resolve(file), "x");
        }
        Files.createSymbolicLink(directory.resolve("link"), Path.of("a.key"));
        Files.writeString(directory.resolve(".dockerignore"), "**/*.key\n!keep.key\nsub\n!sub/deep/keep.txt\n");
        assertEquals(
                List.of(".dockerignore", "Dockerfile", "keep.key", "link", "sub/deep/keep.txt"),
                packed().stream().sorted().toList());

        Files.writeString(directory.resolve("Dockerfile.dockerignore"), "*\n");
        assertEquals(List.of("Dockerfile", ".dockerignore"), packed());
        assertTrue(new BuildContext(directory).hidesDockerfile());
    }
}
