package dev.bench.jvm;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import dev.bench.image.Origins;
import dev.bench.measure.Measures;
import dev.bench.probe.Probes;
import java.io.File;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Says how a JVM that measures is started, and how orders and events are written. */
public final class MeasuringJvm {
    /** Maps orders and events; dates and durations in ISO form. Safe for use by several threads. */
    public static final ObjectMapper JSON = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .registerSubtypes(Measures.settingsTypes())
            .registerSubtypes(Origins.sourceTypes())
            .registerSubtypes(Probes.readinessTypes())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            .disable(SerializationFeature.WRITE_DURATIONS_AS_TIMESTAMPS)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * Keeps a JVM from warning of native calls and of direct access to memory, which libraries for system calls and for
     * measuring are made of: Java 24 and later do between the lines of a program. Older ones do not know the last option.
     */
    public static final List<String> QUIET = List.of(
            "-XX:+IgnoreUnrecognizedVMOptions",
            "--enable-native-access=ALL-UNNAMED",
            "--sun-misc-unsafe-memory-access=allow");

    private static final int LAST_WITH_VFORK = 25;

    private MeasuringJvm() {}

    /**
     * Returns the command that starts a measuring JVM.
     *
     * @param main its main class
     * @param order file with its order, the only argument
     * @param temporary its directory for temporary files
     */
    public static List<String> command(Class<?> main, Path order, Path temporary) {
        List<String> command = new ArrayList<>();
        command.add(System.getProperty("java.home") + File.separator + "bin" + File.separator + "java");
        command.addAll(QUIET);
        // Serial collection and a fixed heap: no collector threads beside the workload, no growth while measuring.
        command.addAll(List.of("-XX:+UseSerialGC", "-Xms96m", "-Xmx256m", "-XX:MetaspaceSize=96m", "-Xshare:auto"));
        // What the JVM compiles while many instances start is compiled when the workload leaves a processor idle: at
        // the
        // usual priority it takes some 5 % of two processors from the engine.
        command.addAll(List.of(
                "-XX:+UnlockDiagnosticVMOptions", "-XX:ThreadPriorityPolicy=1", "-XX:CompilerThreadPriority=19"));
        // Starting a bare process is part of what is measured: a fork of the JVM costs less this way than by a helper.
        // Java 25 says that it is to go, and a JVM that does not know the name starts no process at all.
        if (Runtime.version().feature() <= LAST_WITH_VFORK) {
            command.add("-Djdk.lang.Process.launchMechanism=VFORK");
        }
        // JMH holds a lock in the temporary directory, so that two runs on one host need two of them.
        command.add("-Djava.io.tmpdir=" + temporary);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
        command.add(order.toString());
        return command;
    }
}
