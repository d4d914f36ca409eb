package dev.bench.image;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.workload.ImageConfig;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RuntimeEnvironmentTest {
    @TempDir
    Path tree;

    @BeforeEach
    void fillTree() throws IOException {
        Files.createDirectories(tree.resolve("etc"));
        Files.createDirectories(tree.resolve("usr/bin"));
        Files.createDirectories(tree.resolve("srv"));
        Files.writeString(tree.resolve("etc/passwd"), """
                root:x:0:0:root:/root:/bin/bash
                # a comment
                www:x:33:34:www:/var/www:/usr/sbin/nologin
                www:x:99:99:second:/second:/bin/sh
                1000:x:77:77:named like a number:/seven:/bin/sh
                homeless:x:50:50:::/bin/sh
                short:x:60:61::/home/short
                same:x:33:35:another name:/elsewhere:/bin/sh
                odd:x::
                """);
        Files.writeString(tree.resolve("etc/group"), """
                root:x:0:
                www:x:34:www
                extra:x:200:homeless,www
                other:x:201:wwwx
                third:x:202:www
                brief:x:300
                """);
        program("usr/bin/tool");
        program("srv/local");
        Files.writeString(tree.resolve("usr/bin/data"), "not executable");
        // links as a container sees them: absolute ones start at the tree
        Files.createSymbolicLink(tree.resolve("bin"), Path.of("usr/bin"));
        Files.createSymbolicLink(tree.resolve("usr/bin/alias"), Path.of("/usr/bin/tool"));
        Files.createSymbolicLink(tree.resolve("usr/bin/climber"), Path.of("../../../../../../../usr/bin/tool"));
        Files.createSymbolicLink(tree.resolve("usr/bin/hosts-own"), Path.of("/bin/../usr/bin/env"));
        Files.createSymbolicLink(tree.resolve("usr/bin/loop"), Path.of("loop"));
    }

    private void program(String path) throws IOException {
        Files.writeString(tree.resolve(path), "#!");
        Files.setPosixFilePermissions(tree.resolve(path), PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private ResolvedUser user(String user) throws Exception {
        return UserResolver.resolve(tree, user);
    }

    private @Nullable String find(String name) throws IOException {
        return ExecutableLookup.find(tree, name, "/none:/bin", "/srv");
    }

    @Test
    void noUserIsRootWithItsOwnHome() throws Exception {
        assertEquals(new ResolvedUser(0, 0, List.of(0), "/root"), user(""));
    }

    @Test
    void aNameBringsGroupsOfTheFirstEntry() throws Exception {
        assertEquals(new ResolvedUser(33, 34, List.of(34, 200, 202), "/var/www"), user("www"));
        assertEquals(user("www"), user("33"));
    }

    @Test
    void anExplicitGroupIsTheOnlyOne() throws Exception {
        assertEquals(new ResolvedUser(33, 201, List.of(201), "/var/www"), user("www:other"));
        assertEquals(new ResolvedUser(33, 5, List.of(5), "/var/www"), user("33:5"));
        assertEquals(new ResolvedUser(0, 5, List.of(5), "/root"), user(":5"));
    }

    @Test
    void aNumberIsAnIdAndNeedsNoEntry() throws Exception {
        assertEquals(new ResolvedUser(1000, 0, List.of(0), "/"), user("1000"));
        assertEquals(new ResolvedUser(1000, 7, List.of(7), "/"), user("1000:7"));
        assertEquals("/", user("homeless").home());
    }

    @Test
    void entriesMayLackFields() throws Exception {
        assertEquals(new ResolvedUser(60, 61, List.of(61), "/home/short"), user("short"));
        assertEquals(new ResolvedUser(60, 300, List.of(300), "/home/short"), user("60:brief"));
        assertEquals(new ResolvedUser(0, 0, List.of(0), "/root"), user("odd"));
    }

    @Test
    void theHomeIsThatOfTheFirstEntryWithTheId() throws Exception {
        assertEquals(new ResolvedUser(33, 35, List.of(35), "/var/www"), user("same"));
    }

    @Test
    void aProgramsArchitectureIsThatOfItsFileOrItsInterpreter() throws Exception {
        byte[] elf = new byte[64];
        System.arraycopy(new byte[] {0x7f, 'E', 'L', 'F', 2, 1}, 0, elf, 0, 6);
        elf[18] = (byte) 183;
        Files.write(tree.resolve("usr/bin/foreign"), elf);
        elf[5] = 2;
        elf[18] = 0;
        elf[19] = 22;
        Files.write(tree.resolve("usr/bin/big"), elf);
        Files.writeString(tree.resolve("usr/bin/script"), "#! /bin/foreign -x\n");
        Files.writeString(tree.resolve("usr/bin/endless"), "#!/bin/endless");
        assertEquals("arm64", ProgramMachine.of(tree, "/bin/foreign"));
        assertEquals("s390x", ProgramMachine.of(tree, "/bin/big"));
        assertEquals("arm64", ProgramMachine.of(tree, "/usr/bin/script"));
        assertNull(ProgramMachine.of(tree, "/bin/endless"));
        assertNull(ProgramMachine.of(tree, "/bin/data"));
        assertNull(ProgramMachine.of(tree, "/none"));
    }

    @Test
    void aNameWithoutEntryIsAnError() {
        assertTrue(message("nobody").contains("nobody is not in its /etc/passwd"));
        assertTrue(message("www:none").contains("none is not in its /etc/group"));
        assertTrue(message("4294967295").contains("out of range"));
    }

    @Test
    void aListOfUsersThatFillsTheMemoryIsRefused() throws Exception {
        try (RandomAccessFile file =
                new RandomAccessFile(tree.resolve("etc/passwd").toFile(), "rw")) {
            file.setLength(1L << 32);
        }
        assertEquals(
                "its /etc/passwd has 4294967296 bytes, and at most 16777216 are read",
                assertThrows(IOException.class, () -> user("www")).getMessage());
    }

    private String message(String user) {
        return String.valueOf(
                assertThrows(ImageException.class, () -> user(user)).getMessage());
    }

    @Test
    void aTreeWithoutPasswdHasNumbersOnly() throws Exception {
        Files.delete(tree.resolve("etc/passwd"));
        assertEquals(new ResolvedUser(0, 0, List.of(0), "/"), user(""));
        assertThrows(ImageException.class, () -> user("root"));
    }

    @Test
    void programsAreFoundAsFromInsideTheTree() throws IOException {
        assertEquals("/bin/tool", find("tool"));
        assertEquals("/bin/alias", find("alias"));
        assertEquals("/bin/climber", find("climber"));
        assertEquals("/srv/local", find("./local"));
        assertEquals("/usr/bin/tool", find("/usr/bin/tool"));
        assertNull(find("data"));
        assertNull(find("hosts-own"));
        assertNull(find("loop"));
        assertNull(find("local"));
        assertNull(find("/usr/bin"));
        assertNull(find(""));
    }

    @Test
    void pathAndHomeAreAddedAndAllIsSorted() throws Exception {
        ImageConfig config =
                new ImageConfig(List.of("tool"), List.of("Z=1", "A=x=y"), "www", "/", List.of(), "SIGTERM");
        RuntimeEnvironment environment = RuntimeEnvironment.of(config, tree);
        assertEquals(
                List.of("A=x=y", "HOME=/var/www", "PATH=" + RuntimeEnvironment.DEFAULT_PATH, "Z=1"), environment.env());
        assertEquals("/usr/bin/tool", environment.executable());
    }

    @Test
    void theImagesOwnPathAndHomeStay() throws Exception {
        ImageConfig config =
                new ImageConfig(List.of("tool"), List.of("PATH=/bin", "HOME=/h"), "", "/", List.of(), "SIGTERM");
        assertEquals(
                List.of("HOME=/h", "PATH=/bin"),
                RuntimeEnvironment.of(config, tree).env());
    }

    @Test
    void aMissingExecutableSaysWhereItWasSearched() {
        ImageConfig config = new ImageConfig(List.of("nginx"), List.of(), "", "/", List.of(), "SIGTERM");
        String message = String.valueOf(assertThrows(ImageException.class, () -> RuntimeEnvironment.of(config, tree))
                .getMessage());
        assertTrue(message.startsWith("no such executable in the image: nginx (searched in /usr/local/sbin:"), message);
    }
}
