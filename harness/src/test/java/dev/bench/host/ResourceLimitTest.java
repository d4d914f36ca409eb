package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;

final class ResourceLimitTest {
    @Test
    void isReadByItsNameAndNone() {
        assertEquals(
                List.of(new ResourceLimit(3, 8388608, ResourceLimit.NONE), new ResourceLimit(13, 0, 0)),
                ResourceLimit.parse(List.of(
                        "Limit                     Soft Limit           Hard Limit           Units     ",
                        "Max stack size            8388608              unlimited            bytes     ",
                        "Max nice priority         0                    0                    ")));
    }

    @Test
    void everyLimitOfThisKernelIsKnown() {
        assertEquals(16, ResourceLimit.inherited().size());
        assertTrue(ResourceLimit.inherited().stream().allMatch(limit -> limit.soft() >= -1));
    }
}
