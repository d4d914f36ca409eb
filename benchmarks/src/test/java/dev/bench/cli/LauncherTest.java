package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs the script {@code bench} in a checkout made up for it, where each JVM only says which it is. */
final class LauncherTest {
    @TempDir
    private Path directory = Path.of("");

    private Path home = Path.of("");
    private Path programs = Path.of("");

    @BeforeEach
    void makeCheckout() throws IOException {
        Path checkout = Files.createDirectories(directory.resolve("checkout"));
        Files.copy(script(), checkout.resolve("bench"));
        Files.writeString(checkout.resolve("pom.xml"), "<project/>");
        Path stamp = Files.createDirectories(checkout.resolve("benchmarks/target/bench/lib"))
                .resolveSibling("built");
        Files.writeString(stamp, "/nowhere/bin/java\n");
        Files.setLastModifiedTime(stamp, FileTime.from(Instant.now().plus(1, ChronoUnit.HOURS)));
        home = Files.createDirectories(directory.resolve("home"));
        programs = Files.createDirectories(directory.resolve("programs"));
        for (String tool : List.of("readlink", "dirname", "find", "sed", "grep", "cut", "getent", "flock")) {
            Files.createSymbolicLink(programs.resolve(tool), Path.of("/usr/bin", tool));
        }
    }

    @Test
    void takesTheJvmThatJavaHomeNames() throws Exception {
        Path named = jvm("named", "21.0.2");
        jvm("home/.sdkman/candidates/java/current", "25");
        assertEquals(named + " ran", run(named));
    }

    @Test
    void goesOnToSdkmansWhereTheOthersAreTooOld() throws Exception {
        Path old = jvm("old", "11.0.20");
        Files.createSymbolicLink(
                programs.resolve("java"), jvm("older", "1.8.0_402").resolve("bin/java"));
        Path sdkman = jvm("home/.sdkman/candidates/java/current", "21.0.2");
        assertEquals(sdkman + " ran", run(old));
    }

    @Test
    void aBuildTakesAJvmWithACompilerOnly() throws Exception {
        Path bare = jvm("bare", "21.0.2");
        Path whole = jvm("home/.sdkman/candidates/java/current", "17.0.9");
        program(whole.resolve("bin/javac"), "");
        program(programs.resolve("mvn"), "echo \"built with $JAVA_HOME\" >&2; exit 1");
        Files.delete(directory.resolve("checkout/benchmarks/target/bench/built"));
        Files.createSymbolicLink(programs.resolve("mkdir"), Path.of("/bin/mkdir"));
        Files.createSymbolicLink(programs.resolve("rm"), Path.of("/bin/rm"));
        Files.createSymbolicLink(programs.resolve("cat"), Path.of("/bin/cat"));
        String said = run(bare);
        assertTrue(said.contains("built with " + whole), said);
        assertTrue(said.contains("the build failed"), said);
    }

    /** What the doctor finds beyond root's PATH, engines and the tool have to find too. */
    @Test
    void theSystemsDirectoriesStandBehindThePath() throws Exception {
        Path jvm = jvm("named", "21.0.2");
        program(jvm.resolve("bin/java"), "echo \"$PATH\"");

        assertEquals(
                programs + ":/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
                run(jvm).lines().reduce("", (before, last) -> last));
    }

    @Test
    void aCheckoutThatNoClassPathCanHoldIsRefused() throws Exception {
        Path checkout = Files.createDirectory(directory.resolve("check:out"));
        Files.copy(script(), checkout.resolve("bench"));
        Process process = new ProcessBuilder(
                        "/bin/sh", checkout.resolve("bench").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertEquals(5, process.waitFor(), said);
        assertTrue(said.contains("has a colon in its name"), said);
    }

    private Path jvm(String name, String version) throws IOException {
        Path jvm = Files.createDirectories(directory.resolve(name));
        Files.writeString(jvm.resolve("release"), "IMPLEMENTOR=\"x\"\nJAVA_VERSION=\"" + version + "\"\n");
        program(jvm.resolve("bin/java"), "echo " + jvm + " ran");
        return jvm;
    }

    private static void program(Path file, String line) throws IOException {
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + line + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private String run(Path javaHome) throws Exception {
        ProcessBuilder builder = new ProcessBuilder("/bin/sh", directory.resolve("checkout/bench") + "", "--version");
        builder.environment().clear();
        builder.environment().put("PATH", programs.toString());
        builder.environment().put("HOME", home.toString());
        builder.environment().put("JAVA_HOME", javaHome.toString());
        Process process = builder.redirectErrorStream(true).start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output.strip();
    }

    /** Returns the script of this checkout, whichever module's directory the tests run in. */
    private static Path script() {
        Path here = Path.of("").toAbsolutePath();
        return Files.exists(here.resolve("bench")) && Files.isRegularFile(here.resolve("bench"))
                ? here.resolve("bench")
                : here.resolveSibling("bench");
    }
}
