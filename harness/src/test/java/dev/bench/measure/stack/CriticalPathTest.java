package dev.bench.measure.stack;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.bench.measure.stack.StackRecord.Edge;
import dev.bench.measure.stack.StackRecord.PathPart;
import dev.bench.measure.stack.StackRecord.ServiceTimes;
import java.util.List;
import org.junit.jupiter.api.Test;

final class CriticalPathTest {
    private static final ServiceTimes JOB = new ServiceTimes("job", List.of(), 0, 100, null, 300.0, 0, false);
    private static final ServiceTimes DB = new ServiceTimes("db", List.of(), 0, 200, 900.0, null, 3, false);
    private static final ServiceTimes WEB = new ServiceTimes(
            "web", List.of(new Edge("job", "completed"), new Edge("db", "healthy")), 901, 1000, 1500.0, null, 1, true);
    private static final ServiceTimes FRONT =
            new ServiceTimes("front", List.of(new Edge("web", "started")), 1001, 1100, null, null, 0, false);

    @Test
    void leadsFromTheAnswerToTheDependencyThatWasThereLast() {
        assertEquals(
                List.of(
                        new PathPart("db", "starts", 0, 200),
                        new PathPart("db", "gets healthy", 200, 900),
                        new PathPart("web", "starts", 901, 1000),
                        new PathPart("front", "starts", 1001, 1100),
                        new PathPart("front", "answers", 1100, 1600)),
                CriticalPath.of(List.of(JOB, DB, WEB, FRONT), "front", 1600));
    }

    @Test
    void leadsFromTheLastServiceWhereThatIsReadyAfterTheAnswer() {
        assertEquals(
                List.of(
                        new PathPart("db", "starts", 0, 200),
                        new PathPart("db", "gets healthy", 200, 900),
                        new PathPart("web", "starts", 901, 1000),
                        new PathPart("web", "gets healthy", 1000, 1500)),
                CriticalPath.of(List.of(JOB, DB, WEB, FRONT), "front", 1200));
    }

    @Test
    void leadsOverWhatHadToEnd() {
        ServiceTimes after =
                new ServiceTimes("front", List.of(new Edge("job", "completed")), 301, 400, null, null, 0, false);
        assertEquals(
                List.of(
                        new PathPart("job", "starts", 0, 100),
                        new PathPart("job", "completes", 100, 300),
                        new PathPart("front", "starts", 301, 400),
                        new PathPart("front", "answers", 400, 450)),
                CriticalPath.of(List.of(JOB, after), "front", 450));
    }
}
