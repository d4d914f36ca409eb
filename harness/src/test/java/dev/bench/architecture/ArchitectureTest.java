package dev.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Holds the harness to the rules of its architecture. */
final class ArchitectureTest {
    /** Rules about no classes pass; were the import to find only a few, they would say nothing. */
    private static final int LEAST_CLASSES = 150;

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
    void nothingWritesToStandardStreams() {
        GeneralCodingRules.NO_CLASSES_SHOULD_ACCESS_STANDARD_STREAMS.check(CLASSES);
    }

    @Test
    void nothingReadsTheWallClockForDurations() {
        noClasses()
                .should()
                .callMethod(System.class, "currentTimeMillis")
                .because("durations are read from System.nanoTime()")
                .check(CLASSES);
    }

    @Test
    void whatIsStoredHasAnOrder() {
        noClasses()
                .that()
                .resideInAnyPackage("dev.bench.result", "dev.bench.plan", "dev.bench.session", "dev.bench.measure..")
                .and()
                .doNotHaveSimpleName("SortedMaps")
                .should()
                .callMethod(Map.class, "copyOf", Map.class)
                .because("its order differs from run to run; SortedMaps keeps one")
                .check(CLASSES);
    }

    /** Adding a measure touches its own package only: nothing names it, since it is found. */
    @Test
    void nothingKnowsTheInsideOfAMeasure() {
        slices().matching("dev.bench.measure.(*)..")
                .should()
                .notDependOnEachOther()
                .check(CLASSES);
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bench.measure.*..")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.bench.measure.*..")
                .because("measures are found with a ServiceLoader")
                .check(CLASSES);
    }

    @Test
    void nothingKnowsTheOriginsOfImagesThatThereAre() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.bench.image.origin")
                .should()
                .dependOnClassesThat()
                .resideInAPackage("dev.bench.image.origin")
                .because("origins are found with a ServiceLoader")
                .check(CLASSES);
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
