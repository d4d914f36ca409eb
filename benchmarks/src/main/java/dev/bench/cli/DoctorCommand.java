package dev.bench.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.bench.doctor.Doctor;
import dev.bench.host.Capability;
import dev.bench.host.HostFacts;
import dev.bench.host.SystemFiles;
import dev.bench.host.ToolVersion;
import dev.bench.target.Drivers;
import dev.bench.target.Examination;
import dev.bench.target.TargetDriver;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Says what this host can measure. */
@Command(
        name = "doctor",
        description = {
            "Say what this host can measure, why not, and what mends it.",
            "",
            "Tries what can be tried: boots a guest under KVM (once per boot of the host), makes a control group, a"
                    + " bridge, a tap interface and an overlay mount, and removes them. Then lists what makes figures"
                    + " spread: clock, load, swap and the like. Every line is ok, degraded (measurable, with the stated"
                    + " consequence) or missing."
        },
        footer = {
            "%nExamples:",
            "  bench doctor",
            "  bench doctor --json | jq '.capabilities[] | select(.state != \"ok\")'",
            "  bench doctor --docker-host unix:///run/podman/podman.sock",
            "%nExit status: 0 every engine can be measured, 1 internal error, 2 usage error,%n"
                    + "5 at least one engine cannot be measured."
        },
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    @Option(names = "--json", description = "Print capabilities and host facts as JSON.")
    private boolean json;

    @Mixin
    private LabArguments labArguments = new LabArguments();

    @Override
    public Integer call() throws JsonProcessingException {
        Console console = Console.system();
        List<TargetDriver> drivers = Drivers.all();
        Examination examination = Examination.ofHost(drivers, labArguments.cache(), labArguments.endpoints())
                .thorough(console::progress);
        console.progress("examining the host");
        List<Capability> capabilities = Doctor.check(examination, drivers);
        DoctorReport report = new DoctorReport(console, drivers);
        Map<String, List<String>> fitness = report.fitness(capabilities);
        if (json) {
            Map<String, Object> document = new LinkedHashMap<>();
            document.put("tool", ToolVersion.current().toString());
            document.put("obstacles", fitness);
            document.put("capabilities", capabilities);
            document.put(
                    "host", HostFacts.collect(Drivers.versions(drivers, SystemFiles.ofHost()), labArguments.cache()));
            console.result(new ObjectMapper()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .writeValueAsString(document));
        } else {
            console.result(report.render(capabilities));
        }
        boolean fit = fitness.values().stream().allMatch(List::isEmpty);
        return (fit ? ExitCode.PASS : ExitCode.HOST_UNFIT).status();
    }
}
