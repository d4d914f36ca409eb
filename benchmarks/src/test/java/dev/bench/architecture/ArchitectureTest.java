package dev.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.io.FileDescriptor;
import org.junit.jupiter.api.Test;

/** Holds the whole product to the rules of its architecture. */
final class ArchitectureTest {
    /** Rules about no classes pass; were the import to find only a few, they would say nothing. */
    private static final int LEAST_CLASSES = 250;

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
                .doNotHaveFullyQualifiedName("dev.bench.session.SessionMain")
                .and()
                .doNotHaveFullyQualifiedName("dev.bench.calibrate.CalibrationMain")
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
                .doNotHaveFullyQualifiedName("dev.bench.session.SessionMain")
                .and()
                .doNotHaveFullyQualifiedName("dev.bench.calibrate.CalibrationMain")
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
                        "dev.bench.analysis..", "dev.bench.compare..", "dev.bench.report..", "dev.bench.view..")
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
    void everyForeignLibraryStaysInItsPackage() {
        onlyIn("com.github.dockerjava..", "dev.bench.docker");
        onlyIn("org.libvirt..", "dev.bench.libvirt");
        onlyIn("org.yaml.snakeyaml..", "dev.bench.scenario");
        onlyIn("org.apache.commons.compress..", "dev.bench.image");
        onlyIn("com.github.luben.zstd..", "dev.bench.vm");
        onlyIn("org.tukaani.xz..", "dev.bench.vm");
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
