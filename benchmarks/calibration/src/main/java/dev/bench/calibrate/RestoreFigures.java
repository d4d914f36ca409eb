package dev.bench.calibrate;

import dev.bench.figure.Figure;
import dev.bench.host.Commands;
import dev.bench.result.PhaseName;
import dev.bench.session.LaunchOperation;
import dev.bench.target.LaunchException;
import dev.bench.target.StartMode;
import dev.bench.target.Target;
import dev.bench.target.TargetDefinition;
import dev.bench.target.TargetException;
import dev.bench.workload.Readiness;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Holds machines that are restored against {@code virsh restore}, and instances that are resumed against a limit. */
final class RestoreFigures {
    private static final int WARMUP = 1;
    private static final double LONGEST_RESUME_MILLIS = 50;
    private static final long REST_NANOS = 1_000_000;
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Launches workload;
    private final MachineFigures machines;
    private final int rounds;

    RestoreFigures(Launches workload, MachineFigures machines, int rounds) {
        this.workload = workload;
        this.machines = machines;
        this.rounds = rounds;
    }

    /** Takes a figure of every substrate. */
    List<Figure> resumed() throws TargetException, LaunchException {
        List<Figure> figures = new ArrayList<>();
        for (TargetDefinition definition : workload.plan().targets()) {
            Target target = workload.open(starting(definition, StartMode.RESUME));
            double[] millis = new double[rounds];
            for (int round = -WARMUP; round < rounds; round++) {
                double taken = readyMillis(target);
                if (round >= 0) {
                    millis[round] = taken;
                }
            }
            figures.add(
                    Figure.millis(named(target) + ", resume to ready", Figure.median(millis), LONGEST_RESUME_MILLIS));
        }
        return figures;
    }

    private static TargetDefinition starting(TargetDefinition definition, StartMode mode) {
        Map<String, String> options = new LinkedHashMap<>(definition.options());
        options.put(StartMode.KEY, mode.label());
        return new TargetDefinition(definition.name() + "-" + mode.label(), definition.driver(), options);
    }

    private static String named(Target target) {
        return target.kind().label() + (target.emulated() ? " (emulated)" : "");
    }

    private double readyMillis(Target target) throws LaunchException {
        LaunchOperation operation = workload.operation(target, workload.nextAddress());
        try {
            operation.keep(false);
            operation.start();
            return Launches.millisTo(PhaseName.READY, operation);
        } finally {
            operation.remove();
        }
    }

    /** Takes the figure of machines. */
    Figure restored() throws TargetException, LaunchException, IOException {
        TargetDefinition definition = workload.plan().targets().stream()
                .filter(target -> target.driver().equals("libvirt"))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the scenario has no machine"));
        Target target = workload.open(starting(definition, StartMode.RESTORE));
        Path directory = Files.createDirectories(workload.lab().runDirectory().resolve("virsh"));
        try (PrivateLibvirtd libvirtd = PrivateLibvirtd.start(directory)) {
            Turns turns = Turns.take(WARMUP, rounds, 1, () -> new double[] {readyMillis(target)}, () ->
                    new double[] {byHand(libvirtd, !target.emulated())});
            return Figure.ratio(
                    named(target) + ", restore to ready: bench / virsh restore and a request by hand",
                    turns.ours()[0],
                    turns.others()[0],
                    1.05,
                    Figure.Kind.AT_MOST);
        }
    }

    private double byHand(PrivateLibvirtd libvirtd, boolean kvm) throws IOException {
        HttpLoop loop = new HttpLoop((Readiness.Http) workload.plan().workload().readiness(), REST_NANOS);
        String name = workload.nextName();
        InetAddress address = workload.nextAddress();
        Path overlay = MachineFigures.overlay(workload);
        Path initrd = machines.initrd(workload, address);
        Path state = workload.lab().workDirectory().resolve(name + ".state");
        Path xml = workload.lab().runDirectory().resolve(name + ".xml");
        Files.writeString(
                xml, new MachineStartsFigures(machines).domain(workload, name, kvm, address, overlay, initrd));
        try {
            Commands.runOrThrow(TIMEOUT, libvirtd.virsh("create", xml.toString()));
            loop.await(address, () -> true);
            Commands.runOrThrow(TIMEOUT, libvirtd.virsh("save", name, state.toString()));
            long begin = System.nanoTime();
            Commands.runOrThrow(TIMEOUT, libvirtd.virsh("restore", state.toString()));
            return (loop.await(address, () -> true) - begin) / 1e6;
        } finally {
            Commands.run(TIMEOUT, libvirtd.virsh("destroy", name));
            for (Path file : List.of(overlay, initrd, state, xml)) {
                Files.deleteIfExists(file);
            }
        }
    }
}
