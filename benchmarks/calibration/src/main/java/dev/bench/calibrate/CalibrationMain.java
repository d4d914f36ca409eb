package dev.bench.calibrate;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.bench.figure.Figure;
import dev.bench.jvm.MeasuringJvm;
import dev.bench.session.AddressPool;
import dev.bench.session.SessionOrder;
import dev.bench.target.LaunchException;
import dev.bench.target.TargetException;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** Starts the calibrating JVM: runs in the lab and tells figures by lines on standard output. */
public final class CalibrationMain {
    private static final int PROCESSES_PER_LAUNCH = 4;
    private static final int CONTAINERS_PER_LAUNCH = 2;
    private static final int LAUNCHES_PER_MACHINE = 6;

    private final CalibrationOrder order;
    private final PrintStream events;

    private CalibrationMain(CalibrationOrder order, PrintStream events) {
        this.order = order;
        this.events = events;
    }

    /** Takes the figures of the order whose file is named by the only argument. */
    public static void main(String[] arguments) throws IOException {
        CalibrationOrder order =
                MeasuringJvm.JSON.readValue(Path.of(arguments[0]).toFile(), CalibrationOrder.class);
        PrintStream events = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        System.setOut(System.err);
        CalibrationMain calibration = new CalibrationMain(order, events);
        try {
            calibration.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            calibration.print(new CalibrationEvent(null, null, "interrupted"));
        } catch (TargetException | LaunchException | IOException | RuntimeException e) {
            e.printStackTrace(System.err);
            calibration.print(
                    new CalibrationEvent(null, null, Objects.requireNonNullElse(e.getMessage(), e.toString())));
        }
        // Client libraries leave threads behind that are not daemons.
        System.exit(0);
    }

    private void run() throws TargetException, LaunchException, IOException, InterruptedException {
        AddressPool addresses = new AddressPool(order.workload().lab().network());
        int launches = order.launches();
        int machines = Math.max(3, launches / LAUNCHES_PER_MACHINE);
        try (Launches workload = new Launches(order.workload(), addresses);
                Launches clock = new Launches(order.clock(), addresses)) {
            if (order.parts().contains(Part.CONTAINER)) {
                ContainerFigures containers = new ContainerFigures(launches);
                stage("containers, beside a bare API client");
                tell(List.of(containers.ready(workload)));
                stage("containers, beside the docker command");
                tell(List.of(containers.exec(clock)));
            }
            if (order.parts().contains(Part.READINESS)) {
                ReadinessFigures readiness = new ReadinessFigures(clock);
                stage("readiness of processes");
                tell(readiness.of("process", launches * PROCESSES_PER_LAUNCH));
                stage("readiness of containers");
                tell(readiness.of("docker", launches * CONTAINERS_PER_LAUNCH));
                stage("readiness of virtual machines");
                tell(readiness.of("libvirt", machines));
            }
            if (order.parts().contains(Part.MACHINE)) {
                MachineFigures figures = new MachineFigures(machines);
                stage("virtual machines, beside QEMU started by hand");
                tell(List.of(figures.ready(workload)));
                stage("the guest's boot, beside the distribution's");
                boolean kvm = !clock.open("libvirt").emulated();
                tell(List.of(figures.boot(clock, kvm)));
            }
            if (order.parts().contains(Part.STARTS)) {
                stage("many containers at once, beside the docker command and a bare API client");
                tell(new StartsFigures().of(workload));
            }
            if (order.parts().contains(Part.MACHINES)) {
                if (PrivateLibvirtd.isInstalled()) {
                    stage("many virtual machines at once, beside virsh");
                    tell(List.of(new MachineStartsFigures(new MachineFigures(machines)).of(workload)));
                } else {
                    stage("virsh or libvirtd is not installed: machines are not started beside it");
                }
            }
            // Before builds: these begin by removing every image that the engine has built, and an application has one.
            SessionOrder stack = order.stack();
            if (stack != null) {
                stack(stack, addresses);
            }
            if (order.parts().contains(Part.BUILDS)) {
                builds(workload, machines);
            }
            if (order.parts().contains(Part.LOAD)) {
                stage("the load generator, beside wrk");
                tell(new LoadFigures(workload).take());
            }
            if (order.parts().contains(Part.DELIVERY)) {
                if (Part.DELIVERY.lacking().isEmpty()) {
                    stage("images pushed and pulled, beside the docker command");
                    tell(DeliveryFigures.take(workload));
                } else {
                    stage("there is no registry installed: images are not pushed and pulled");
                }
            }
            if (order.parts().contains(Part.ISOLATION)) {
                stage("system calls that are traced, beside strace");
                tell(new IsolationFigures(workload).take());
            }
            if (order.parts().contains(Part.RESTORE)) {
                RestoreFigures figures = new RestoreFigures(workload, new MachineFigures(machines), machines);
                stage("instances that are resumed");
                tell(figures.resumed());
                if (PrivateLibvirtd.isInstalled()) {
                    stage("a machine that is restored, beside virsh");
                    tell(List.of(figures.restored()));
                } else {
                    stage("virsh or libvirtd is not installed: machines are not restored beside it");
                }
            }
            if (order.parts().contains(Part.CLASSIC)) {
                if (PrivateLibvirtd.isInstalled()) {
                    stage("a machine with a whole system, beside virsh");
                    tell(List.of(new ClassicFigures(workload, machines).ready()));
                } else {
                    stage("virsh or libvirtd is not installed: no classic machine is started beside it");
                }
            }
            SessionOrder storage = order.storage();
            if (storage != null) {
                storage(storage, addresses, machines);
            }
        }
    }

    private void stack(SessionOrder stack, AddressPool addresses) throws TargetException, LaunchException, IOException {
        StackFigures figures = new StackFigures(stack, addresses, order.composeFile());
        List<ComposeCommand> commands = ComposeCommand.find();
        if (commands.isEmpty()) {
            stage("docker-compose is not installed: applications are not brought up beside it");
        }
        try (Launches launches = new Launches(stack, addresses)) {
            for (ComposeCommand command : commands) {
                stage("an application of containers, beside " + command.up());
                tell(figures.beside(command, launches));
            }
        }
    }

    private void storage(SessionOrder storage, AddressPool addresses, int pairs)
            throws TargetException, LaunchException, IOException {
        StorageFigures figures = new StorageFigures(storage, addresses, pairs);
        try (Launches launches = new Launches(storage, addresses)) {
            stage("fio in containers, beside docker run");
            tell(figures.containers(launches));
            stage("fio in virtual machines, beside guests started by hand");
            tell(figures.machines(launches));
        }
    }

    private void builds(Launches workload, int rounds) throws TargetException, LaunchException, IOException {
        BuildFigures figures = new BuildFigures(workload, order.builds(), order.context());
        for (String builder : List.of(BuildWorkload.BUILDKIT, BuildWorkload.CLASSIC)) {
            Optional<BuildCommand> command = BuildCommand.find(
                    builder.equals(BuildWorkload.BUILDKIT),
                    workload.lab(),
                    workload.image().engineReference());
            if (command.isPresent()) {
                stage("builds with " + builder + ", beside docker build");
                tell(figures.beside(command.get(), builder, rounds));
            } else {
                stage("no docker command here builds with " + builder + ": builds are not held beside it");
            }
        }
        stage("a change on the disk of a virtual machine, beside a disk that is made whole");
        tell(figures.disks(Math.max(3, rounds / 2)));
    }

    private void stage(String description) {
        print(new CalibrationEvent(description, null, null));
    }

    private void tell(List<Figure> figures) {
        figures.forEach(figure -> print(new CalibrationEvent(null, figure, null)));
    }

    private void print(CalibrationEvent event) {
        try {
            events.println(CalibrationEvent.PREFIX + MeasuringJvm.JSON.writeValueAsString(event));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
