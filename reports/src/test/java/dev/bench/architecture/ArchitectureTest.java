package dev.bench.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the reports to the rules of its architecture. */
final class ArchitectureTest {
    /** Rules about no classes pass; were the import to find only a few, they would say nothing. */
    private static final int LEAST_CLASSES = 100;

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
    void theReportsKnowNothingOfHowLaunchesAreMade() {
        noClasses()
                .that(DescribedPredicate.describe("belong to the reports", ArchitectureTest::isOfTheReports))
                .should()
                .dependOnClassesThat(DescribedPredicate.describe(
                        "belong to the harness but neither to its result model nor to what measures declare",
                        (JavaClass type) -> type.getPackageName().startsWith("dev.bench.")
                                && !isOfTheReports(type)
                                && !type.getPackageName().equals("dev.bench.result")
                                && !type.getPackageName().startsWith("dev.bench.measure")))
                .because("a report can be made on another machine from the stored result alone")
                .check(CLASSES);
    }

    private static boolean isOfTheReports(JavaClass type) {
        return Stream.of(
                        "analysis",
                        "chart",
                        "claim",
                        "compare",
                        "document",
                        "history",
                        "report",
                        "scoreboard",
                        "site",
                        "verify",
                        "view")
                .anyMatch(name -> (type.getPackageName() + ".").startsWith("dev.bench." + name + "."));
    }

    /** A measure is known to its own view only. */
    @Test
    void nothingButItsViewKnowsAMeasure() {
        for (String measure : List.of("startup", "memory", "scaleout")) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage("dev.bench.view." + measure)
                    .and(DescribedPredicate.describe("belong to the reports", ArchitectureTest::isOfTheReports))
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage("dev.bench.measure." + measure)
                    .because("another measure has a view of its own")
                    .check(CLASSES);
        }
    }

    @Test
    void nothingKnowsTheViewOfAMeasure() {
        List<String> views = CLASSES.stream()
                .map(JavaClass::getPackageName)
                .filter(name -> name.startsWith("dev.bench.view."))
                .distinct()
                .toList();
        assertEquals(8, views.size(), views.toString());
        for (String view : views) {
            noClasses()
                    .that()
                    .resideOutsideOfPackage(view)
                    .should()
                    .dependOnClassesThat()
                    .resideInAPackage(view)
                    .because("a view is found by the name of its measure")
                    .check(CLASSES);
        }
    }

    @Test
    void everyForeignLibraryStaysInItsPackage() {
        onlyIn("org.jfree..", "dev.bench.chart");
        onlyIn("org.apache.batik..", "dev.bench.chart");
        onlyIn("org.apache.commons.statistics..", "dev.bench.analysis");
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
