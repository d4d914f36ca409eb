package dev.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.File;
import java.io.FileDescriptor;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the whole product to the rules of its architecture. */
final class ArchitectureTest {
    /** Rules about no classes pass; were the import to find only a few, they would say nothing. */
    private static final int LEAST_CLASSES = 250;

    /** The packages that are one kind of target each. */
    private static final List<String> ROOMS = List.of("docker", "libvirt", "process");

    /** The name of an engine or of its address, where code decides by it; help and messages may speak of them. */
    private static final Pattern ENGINE =
            Pattern.compile("\"(docker|dockerd|libvirt|libvirtd|dockerHost|libvirtUri|DOCKER_HOST)\"");

    private static final JavaClasses CLASSES = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("dev.bench");

    @Test
    void theRulesSeeTheClasses() {
        assertTrue(CLASSES.size() >= LEAST_CLASSES, "only " + CLASSES.size() + " classes were found");
    }

    @Test
    void packagesFormADirectedAcyclicGraph() {
        slices().matching("dev.bench.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void onlyTheConsoleWritesToStandardStreams() {
        // The JVMs that measure have no terminal: they tell their parent what happens over standard output.
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.bench.cli.Console")
                .and()
                .doNotHaveFullyQualifiedName("dev.bench.jvm.SessionMain")
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .orShould()
                .accessClassesThat()
                .belongToAnyOf(FileDescriptor.class)
                .check(CLASSES);
    }

    @Test
    void onlyTheCommandLineEndsTheProcess() {
        noClasses()
                .that()
                .doNotHaveFullyQualifiedName("dev.bench.cli.Main")
                .and()
                .doNotHaveFullyQualifiedName("dev.bench.jvm.SessionMain")
                .should()
                .callMethod(System.class, "exit", int.class)
                .check(CLASSES);
    }

    @Test
    void whatVerifiesSharesNothingWithWhatAnalyses() {
        noClasses()
                .that()
                .resideInAPackage("dev.bench.verify..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "dev.bench.analysis..",
                        "dev.bench.claim..",
                        "dev.bench.compare..",
                        "dev.bench.report..",
                        "dev.bench.view..")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsTheCommandLine() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bench.cli")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.bench.cli")
                .check(CLASSES);
    }

    @Test
    void nobodyKnowsTheTargetsThatThereAre() {
        for (String room : ROOMS) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.bench." + room)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.bench." + room)
                    .because("a driver is found as a service, and known by what it declares")
                    .check(CLASSES);
        }
    }

    @Test
    void nobodyNamesAnEngine() throws IOException {
        List<String> found = new ArrayList<>();
        for (String module : List.of("harness", "reports", "benchmarks")) {
            Path sources = Path.of("..", module, "src", "main", "java");
            try (Stream<Path> files = Files.walk(sources)) {
                for (Path file : files.filter(Files::isRegularFile).toList()) {
                    if (!mayName(sources.relativize(file))
                            && ENGINE.matcher(Files.readString(file)).find()) {
                        found.add(file.toString());
                    }
                }
            }
        }
        assertEquals(List.of(), found);
    }

    private static boolean mayName(Path file) {
        String name = file.toString().replace(File.separatorChar, '.');
        return ROOMS.stream().anyMatch(room -> name.startsWith("dev.bench." + room + "."))
                // It tells in whose container or machine this host is.
                || name.equals("dev.bench.host.Virtualisation.java");
    }

    @Test
    void everyForeignLibraryStaysInItsPackage() {
        onlyIn("com.github.dockerjava..", "dev.bench.docker");
        onlyIn("org.libvirt..", "dev.bench.libvirt");
        onlyIn("org.yaml.snakeyaml..", "dev.bench.grammar");
        onlyIn("org.apache.commons.compress..", "dev.bench.image");
        onlyIn("com.github.luben.zstd..", "dev.bench.guest");
        onlyIn("org.tukaani.xz..", "dev.bench.guest");
        onlyIn(
                "com.sun.jna..",
                "dev.bench.image",
                "dev.bench.process",
                "dev.bench.libvirt",
                "dev.bench.host",
                "dev.bench.load");
        onlyIn("org.HdrHistogram..", "dev.bench.load");
        onlyIn("org.jfree..", "dev.bench.chart");
        onlyIn("org.apache.batik..", "dev.bench.chart");
        onlyIn("org.apache.commons.statistics..", "dev.bench.analysis");
        onlyIn("org.openjdk.jmh..", "dev.bench.jmh..");
        onlyIn("picocli..", "dev.bench.cli");
        onlyIn("com.networknt..", "dev.bench.compose");
    }

    private static void onlyIn(String library, String... packages) {
        noClasses()
                .that()
                .resideOutsideOfPackages(packages)
                .should()
                .dependOnClassesThat()
                .resideInAPackage(library)
                .because("one package knows " + library)
                .check(CLASSES);
    }
}
