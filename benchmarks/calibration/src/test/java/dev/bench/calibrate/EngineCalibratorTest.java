package dev.bench.calibrate;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.GeneralCodingRules;
import dev.bench.figure.Calibrator;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EngineCalibratorTest {
    private final EngineCalibrator calibrator = new EngineCalibrator();

    @Test
    void theCommandLineFindsIt() {
        assertInstanceOf(EngineCalibrator.class, Calibrator.find().orElseThrow());
    }

    @Test
    void gatesAreTakenOnlyWhereTheyAreNamed() {
        assertEquals(Part.values().length, calibrator.parts().size());
        assertTrue(calibrator.parts().containsAll(List.of("image", "container", "gates")));
        assertTrue(calibrator.usualParts().contains("container"));
        assertFalse(calibrator.usualParts().contains("gates"));
        assertEquals(Part.values().length - 1, calibrator.usualParts().size());
    }

    @Test
    void aPartThatComparesWithNothingElseLacksNothing() {
        assertEquals(List.of(), calibrator.lacking(Set.of("help", "site")));
    }

    @Test
    void onlyTheCalibratingJvmWritesEventsAndEndsItself() {
        JavaClasses classes = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.bench.calibrate");
        assertTrue(classes.contain(Calibration.class));
        noClasses()
                .that()
                .doNotBelongToAnyOf(CalibrationMain.class)
                .should(GeneralCodingRules.ACCESS_STANDARD_STREAMS)
                .orShould()
                .callMethod(System.class, "exit", int.class)
                .check(classes);
    }
}
