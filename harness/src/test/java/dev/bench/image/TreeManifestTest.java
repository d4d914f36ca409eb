package dev.bench.image;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Needs root, as device nodes do, and the package busybox-static. */
class TreeManifestTest {
    @TempDir
    Path directory;

    private Path nastyTree() throws IOException {
        Path tree = Files.createDirectory(directory.resolve("nasty"));
        LayerFile layer = new LayerFile()
                .directory("empty directory", 0711)
                .directory("sticky", 01777)
                .file("a b", "spaces", header -> header.uid = 1000)
                .file("new\nline", "x")
                .file("new\n//checksums", "x")
                .file("tab\there\\back'quote\"", "y")
                .file("high \u00ff\u00fe\u0001\u007f", "z")
                .file("empty", "")
                .file("-n", "a name like an option")
                .file("ends in newline\n", "1")
                .file("ends", "2")
                .file("su", "x", header -> header.mode = 06711)
                .file("sealed", "x", header -> header.mode = 0)
                .hardLink("hard", "a b")
                .symbolicLink("soft", "a b")
                .symbolicLink("dangling", "/no where/' -> '")
                .symbolicLink("link ' -> '", "odd' -> 'target'")
                .symbolicLink("lines", "first\n//second'\nthird\n//end")
                .symbolicLink("last", "x\n")
                .entry('6', "pipe", new byte[0], header -> {})
                .entry('3', "character", new byte[0], header -> {
                    header.major = 5;
                    header.minor = 70000;
                })
                .entry('4', "block", new byte[0], header -> header.major = 259)
                // what an engine owns
                .directory("proc", 0555)
                .file("proc/uptime", "1")
                .directory("etc", 0755)
                .file("etc/hosts", "127.0.0.1 localhost")
                .file("etc/hosts.allow", "is the image's")
                .file(".dockerenv", "")
                .directory("dev", 0755)
                .file("dev/null", "")
                .directory("dev2", 0755);
        try (TreeBuilder builder = new TreeBuilder(PosixFiles.byteString(tree), new UnpackingLimit(0))) {
            builder.apply(layer.stream());
        }
        return tree;
    }

    private static String script(Path tree, String what) throws IOException, InterruptedException {
        Process process = new ProcessBuilder("busybox", "sh", "-c", TreeManifest.script(), "sh", tree.toString(), what)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), ISO_8859_1);
        assertTrue(process.waitFor(1, TimeUnit.MINUTES));
        assertEquals(0, process.exitValue(), output);
        return output;
    }

    @Test
    void theScriptPrintsWhatThisHostReads() throws IOException, InterruptedException {
        Path tree = nastyTree();
        TreeManifest manifest = TreeManifest.of(tree);
        assertEquals(manifest.text(), script(tree, "text"));
        assertEquals(manifest.digest() + "\n", script(tree, "digest"));
        assertEquals(26, manifest.text().lines().count(), manifest.text());
    }

    @Test
    void aTreeOfNothingHasAnEmptyManifest() throws IOException, InterruptedException {
        assertEquals("", TreeManifest.of(directory).text());
        assertEquals("", script(directory, "text"));
    }

    @Test
    void aTreeOfOneDirectoryNeedsNoFile() throws IOException, InterruptedException {
        Files.createDirectory(directory.resolve("d"));
        assertEquals(TreeManifest.of(directory).text(), script(directory, "text"));
    }

    @Test
    void theScriptSaysWhenItCannotRead() throws IOException, InterruptedException {
        for (String what : List.of("text", "digest")) {
            Process process = new ProcessBuilder(
                            "busybox", "sh", "-c", TreeManifest.script(), "sh", directory + "/none", what)
                    .redirectErrorStream(true)
                    .start();
            process.getInputStream().readAllBytes();
            assertNotEquals(0, process.waitFor());
        }
    }

    @Test
    void everyKindOfLineIsAsDocumented() throws IOException {
        String text = TreeManifest.of(nastyTree()).text();
        assertTrue(text.contains("/character\tcharacter\t644\t0\t0\t5:70000\n"), text);
        assertTrue(text.contains("/empty directory\tdirectory\t711\t0\t0\n"), text);
        assertTrue(text.contains("/new\\012line\tfile\t644\t0\t0\t1\t2d711642b726b044"), text);
        assertTrue(text.contains("/soft\tlink\t777\t0\t0\ta b\n"), text);
        assertTrue(text.contains("/su\tfile\t6711\t0\t0\t1\t"), text);
        assertTrue(text.contains("/pipe\tfifo\t644\t0\t0\n"), text);
    }

    @Test
    void findsWhatExecutesAsItsOwner() throws IOException {
        Path tree = nastyTree();
        Path manifest = Files.writeString(
                directory.resolve("manifest"), TreeManifest.of(tree).text(), ISO_8859_1);
        assertEquals(List.of("/su"), TreeManifest.setUserId(manifest));
    }

    @Test
    void theFirstDifferenceNamesPathAndField() {
        String base = "/a\tfile\t644\t0\t0\t1\taa\n/b\tlink\t777\t0\t0\tx\n";
        assertNull(TreeManifest.firstDifference(base, base));
        assertEquals(
                "/a differs: mode 644 in host, 755 in vm",
                TreeManifest.firstDifference("host", base, "vm", base.replace("644", "755")));
        assertEquals(
                "/b differs: target x in the first, y in the second",
                TreeManifest.firstDifference(base, base.replace("x\n", "y\n")));
        assertEquals(
                "/aa is in the second and not in the first",
                TreeManifest.firstDifference(base, base + "/aa\tdirectory\t755\t0\t0\n"));
        assertEquals(
                "vm cannot be listed: stat: can't stat './b': No such file or directory",
                TreeManifest.firstDifference(
                        "host", base, "vm", "\nstat: can't stat './b': No such file or directory\n" + base));
    }
}
