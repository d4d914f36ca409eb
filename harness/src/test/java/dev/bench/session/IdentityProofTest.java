package dev.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.FileTrees;
import dev.bench.result.Identity;
import dev.bench.target.FakeTarget;
import dev.bench.target.LaunchRequest;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.PreparedImage;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class IdentityProofTest {
    private static final String OLD = "a (baseline)";

    @TempDir
    private Path directory = Path.of("");

    @Test
    void targetsOfAnotherImageAreProvedAgainstThatAndAmongThemselves() throws Exception {
        assertEquals(
                List.of("a", OLD, "b", "b (baseline)"),
                List.copyOf(proof("old")
                        .prove(
                                List.of(
                                        target("a", "new", "A=1"),
                                        target(OLD, "old", "A=0"),
                                        target("b", "new", "A=1"),
                                        target("b (baseline)", "old", "A=0")),
                                this::request)
                        .keySet()));
        IdentityMismatchException mismatch = assertThrows(
                IdentityMismatchException.class,
                () -> proof("old")
                        .prove(
                                List.of(
                                        target("a", "new", "A=1"),
                                        target(OLD, "old", "A=0"),
                                        target("b (baseline)", "old", "A=1")),
                                this::request));
        assertTrue(
                String.valueOf(mismatch.getMessage()).contains("environment [A=1], but [A=0] on target a (baseline)"),
                mismatch.getMessage());
    }

    @Test
    void aBaselineWithTheTreeOfWhatIsJudgedIsFoundOut() throws Exception {
        Files.writeString(directory.resolve("manifest"), "/\tdirectory\t755\t0\t0\n");

        IdentityMismatchException mismatch = assertThrows(
                IdentityMismatchException.class,
                () -> proof("old").prove(List.of(target("a", "new", "A=1"), target(OLD, "new", "A=1")), this::request));

        assertEquals(OLD, mismatch.target());
    }

    @Test
    void aUserThatATargetDeclaresIsHeldAgainstTheImage() throws Exception {
        Files.createDirectories(directory.resolve("etc"));
        Files.writeString(directory.resolve("etc/passwd"), "www:x:33:34::/var/www:/bin/sh\n");
        FileTrees.writeProgram(directory.resolve("serve"), new byte[0]);
        Target image = user("a", "", 0, 0, "HOME=/");
        Target own = user("b", "33", 33, 34, "HOME=/var/www");
        Target another = user("c", "7:8", 7, 8, "HOME=/");

        Map<String, Identity> proved = proof("new").prove(List.of(own, image, another), this::request);

        assertEquals("33", proved.get("b").declaredUser());
        assertNull(proved.get("a").declaredUser());
        assertRefused(
                "user id 0, but 33 for user 33, which the target declares", user("b", "33", 0, 34, "HOME=/var/www"));
        assertRefused("group id 33, but 34 for", user("b", "33", 33, 33, "HOME=/var/www"));
        assertRefused("environment [HOME=/, ", user("b", "33", 33, 34, "HOME=/"));
        // Whoever declares nothing is no other than the rest.
        assertRefused("but [HOME=/, ", user("b", "", 33, 34, "HOME=/var/www"));
    }

    private void assertRefused(String words, Target target) {
        IdentityMismatchException mismatch = assertThrows(
                IdentityMismatchException.class,
                () -> proof("new").prove(List.of(user("a", "", 0, 0, "HOME=/"), target), this::request));
        assertTrue(String.valueOf(mismatch.getMessage()).contains(words), mismatch.getMessage());
    }

    private static Target user(String name, String declared, int uid, int gid, String home) {
        return new FakeTarget(
                new TargetDefinition(name, FakeTarget.Driver.KEY, Map.of(FakeTarget.USER, declared)),
                new Identity(
                        "new",
                        List.of("serve"),
                        List.of(home, "PATH=/"),
                        uid,
                        gid,
                        "/",
                        "6.1.0",
                        1,
                        256L << 20,
                        null,
                        Map.of()),
                "/\tdirectory\t700\t0\t0\n",
                number -> 0);
    }

    private IdentityProof proof(String baseline) {
        return new IdentityProof(name -> image(name.endsWith(" (baseline)") ? baseline : "new"));
    }

    private LaunchRequest request(Target target) {
        return new LaunchRequest(
                target.definition().plainName(), InetAddress.getLoopbackAddress(), directory.resolve("log"), null);
    }

    private PreparedImage image(String tree) {
        return new PreparedImage(
                "sha256:" + tree,
                tree,
                directory,
                tree,
                directory.resolve("manifest"),
                directory.resolve("disk"),
                new ImageConfig(List.of("serve"), List.of("PATH=/"), "", "/", List.of(), "SIGTERM"));
    }

    private static Target target(String name, String tree, String env) {
        return new FakeTarget(
                new TargetDefinition(name, FakeTarget.Driver.KEY, Map.of()),
                new Identity(tree, List.of("serve"), List.of(env), 0, 0, "/", "6.1.0", 1, 256L << 20, null, Map.of()),
                "/\tdirectory\t700\t0\t0\n",
                number -> 0);
    }
}
