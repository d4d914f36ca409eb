package dev.bench.docker;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class BuildahBuildsTest {
    @ParameterizedTest
    @CsvSource({"1.28.2, false", "1.39.3, false", "1.43.2, true", "2.0.0, true", "'', false"})
    void onlyNewOnesAreToldWhatTheyMayHave(String version, boolean told) {
        assertEquals(told, BuildahBuilds.asksForMore(version));
    }
}
