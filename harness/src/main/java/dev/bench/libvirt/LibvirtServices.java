package dev.bench.libvirt;

import dev.bench.guest.GuestBind;
import dev.bench.guest.GuestCheck;
import dev.bench.guest.GuestService;
import dev.bench.guest.Qcow2Overlay;
import dev.bench.guest.StackProgram;
import dev.bench.host.FileTrees;
import dev.bench.host.ResourceLimit;
import dev.bench.image.ExecutableLookup;
import dev.bench.image.ImageException;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.result.FailureKind;
import dev.bench.result.PhaseName;
import dev.bench.target.LabView;
import dev.bench.target.LaunchException;
import dev.bench.target.LaunchRequest;
import dev.bench.target.PhaseRecorder;
import dev.bench.target.RunningService;
import dev.bench.target.ServiceHost;
import dev.bench.target.ServiceStart;
import dev.bench.target.StackRequest;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.ImageConfig;
import dev.bench.workload.Limits;
import dev.bench.workload.PreparedImage;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Runs the services of an application in machines: in one each, or all in one. Names resolve by what stands in every
 * service's /etc/hosts. Safe for use by several threads.
 */
final class LibvirtServices implements ServiceHost {
    private static final String PATH = "PATH=";

    private final StackRequest request;
    private final Limits limits;
    private final LabView lab;
    private final Hypervisor hypervisor;
    private final Function<Limits, MachineStarter> starters;
    private final boolean together;
    private final List<ResourceLimit> resourceLimits = ResourceLimit.inherited();
    private final StackData data;
    private final Set<MachineService> running = new HashSet<>();
    private @Nullable Common common;
    private boolean closed;

    /**
     * Holds the machine of all services.
     *
     * @param machine the machine
     * @param places of the services in it, by their letters; one more where a service is changed to another image
     * @param taken the letters of services that were started
     */
    private record Common(ServiceMachine machine, List<ServiceImage> places, Set<Integer> taken) {}

    /** Names a service with an image of its. */
    private record ServiceImage(Service service, PreparedImage image) {}

    private LibvirtServices(
            StackRequest request,
            Limits limits,
            LabView lab,
            Hypervisor hypervisor,
            Function<Limits, MachineStarter> starters,
            boolean together,
            StackData data) {
        this.request = request;
        this.limits = limits;
        this.lab = lab;
        this.hypervisor = hypervisor;
        this.starters = starters;
        this.together = together;
        this.data = data;
    }

    /**
     * Makes what the services share.
     *
     * @param limits of every service
     * @param starters what starts machines of a size
     * @param together whether all services run in one machine
     * @throws LaunchException where the services cannot run so; nothing remains then
     */
    static LibvirtServices open(
            StackRequest request,
            Limits limits,
            LabView lab,
            Hypervisor hypervisor,
            Function<Limits, MachineStarter> starters,
            boolean together)
            throws LaunchException {
        List<Service> services = request.stack().services();
        if (together) {
            Optional<String> clash = SharedPorts.clash(request.stack(), request.images());
            if (clash.isPresent()) {
                throw new LaunchException(FailureKind.ENGINE, clash.get(), null);
            }
        }
        StackData data = StackData.make(
                lab.workDirectory().resolve(request.name() + "-data"),
                request.stack(),
                request.images(),
                together ? List.of(services) : services.stream().map(List::of).toList());
        LibvirtServices host = new LibvirtServices(request, limits, lab, hypervisor, starters, together, data);
        try {
            for (ServiceImage place : host.places()) {
                host.guestService(place, "", List.of());
            }
        } catch (LaunchException e) {
            data.close();
            throw e;
        }
        return host;
    }

    private static PreparedImage image(StackRequest request, Service service) {
        return Objects.requireNonNull(request.images().get(service.name()), service.name());
    }

    /** Returns every service with its image, then those that are changed with the other one. */
    private List<ServiceImage> places() {
        List<ServiceImage> places = new ArrayList<>();
        for (Service service : request.stack().services()) {
            places.add(new ServiceImage(service, image(request, service)));
        }
        request.changed()
                .forEach((name, image) ->
                        places.add(new ServiceImage(request.stack().service(name), image)));
        return places;
    }

    @Override
    public RunningService start(ServiceStart start, PhaseRecorder phases) throws LaunchException {
        MachineService service = together ? startInside(start, phases) : startAlone(start, phases);
        boolean begun = false;
        try {
            synchronized (this) {
                if (closed) {
                    throw new LaunchException(FailureKind.INTERRUPTED, "the application is being removed", null);
                }
                running.add(service);
            }
            service.begin();
            begun = true;
            return service;
        } finally {
            if (!begun) {
                service.close();
            }
        }
    }

    private MachineService startAlone(ServiceStart start, PhaseRecorder phases) throws LaunchException {
        ServiceMachine machine = new ServiceMachine();
        StackData.Attached attached = data.attach(List.of(start.service()), 1);
        GuestService guest = guestService(
                new ServiceImage(start.service(), start.image()),
                StackData.device(0),
                attached.binds().getOrDefault(start.service().name(), List.of()));
        boot(
                machine,
                start.request(),
                phases,
                limits,
                attached,
                List.of(),
                List.of(guest),
                start.image().disk());
        return new MachineService(start, StackProgram.letter(0), machine, phases, gone -> machine.close());
    }

    private void boot(
            ServiceMachine machine,
            LaunchRequest launch,
            PhaseRecorder phases,
            Limits size,
            StackData.Attached attached,
            List<DomainData.Disk> roots,
            List<GuestService> services,
            Path disk)
            throws LaunchException {
        List<DomainData.Disk> disks = new ArrayList<>(roots);
        attached.disks().forEach(file -> disks.add(new DomainData.Disk(file, "raw", null, "")));
        try {
            Hypervisor booting = attached.shares().isEmpty() ? hypervisor : hypervisor.booting(StackData.modules());
            byte[] init = new StackProgram(
                            booting.initramfs().modules(),
                            launch.address(),
                            lab.network(),
                            resourceLimits,
                            attached.mounts(),
                            services)
                    .elf();
            machine.boot(
                    starters.apply(size),
                    launch,
                    phases,
                    booting.initramfs().with(init),
                    new MachineStarter.Machine(
                            disk,
                            new DomainData("", null, "", null, disks, attached.shares()),
                            services.get(0).config().stopSignal(),
                            machine));
        } catch (IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE, "the guest's kernel cannot share directories: " + e.getMessage(), e);
        }
    }

    /** Boots the machine of all services where it does not run, in the time of the service that is started first. */
    private synchronized MachineService startInside(ServiceStart start, PhaseRecorder phases) throws LaunchException {
        Common whole = common;
        if (whole == null) {
            whole = bootCommon(start, phases);
            common = whole;
        }
        phases.mark(PhaseName.CREATED);
        phases.mark(PhaseName.STARTED);
        for (int place = 0; place < whole.places().size(); place++) {
            ServiceImage there = whole.places().get(place);
            if (there.service().name().equals(start.service().name())
                    && there.image().equals(start.image())
                    && whole.taken().add(place)) {
                return new MachineService(start, StackProgram.letter(place), whole.machine(), phases, this::left);
            }
        }
        throw new LaunchException(
                FailureKind.ENGINE,
                "a machine of all services has a fresh root of the service "
                        + start.service().name() + " once only, and it has been used",
                null);
    }

    private Common bootCommon(ServiceStart start, PhaseRecorder phases) throws LaunchException {
        ServiceMachine machine = new ServiceMachine();
        List<ServiceImage> places = places();
        List<Service> services = request.stack().services();
        StackData.Attached attached = data.attach(services, places.size());
        Path directory = lab.workDirectory().resolve(request.name() + "-roots");
        List<DomainData.Disk> roots = new ArrayList<>();
        List<GuestService> guests = new ArrayList<>();
        try {
            FileTrees.delete(directory);
            Files.createDirectories(directory);
            for (int place = 0; place < places.size(); place++) {
                ServiceImage there = places.get(place);
                guests.add(guestService(
                        there,
                        StackData.device(place),
                        attached.binds().getOrDefault(there.service().name(), List.of())));
                if (place > 0) {
                    Path base = there.image().disk();
                    Path overlay = directory.resolve(place + ".qcow2");
                    Qcow2Overlay.create(overlay, base);
                    roots.add(new DomainData.Disk(overlay, "qcow2", base, Qcow2Overlay.formatOf(base)));
                }
            }
        } catch (IOException e) {
            throw new LaunchException(FailureKind.ENGINE, "cannot make the disks of a machine: " + e.getMessage(), e);
        }
        LaunchRequest launch =
                new LaunchRequest(request.name(), address(request.stack().front()), request.log(), null);
        int count = services.size();
        double cpus = Math.min(
                limits.cpus() * count,
                Math.max(limits.cpus(), Runtime.getRuntime().availableProcessors()));
        boot(
                machine,
                launch,
                phases,
                new Limits(cpus, limits.memoryBytes() * count, limits.processors()),
                attached,
                roots,
                guests,
                places.get(0).image().disk());
        return new Common(machine, places, new HashSet<>());
    }

    /** The machine of all services goes with the last one. */
    private synchronized void left(MachineService service) {
        running.remove(service);
        Common whole = common;
        if (whole != null && running.isEmpty()) {
            common = null;
            whole.machine().close();
        }
    }

    private GuestService guestService(ServiceImage place, String device, List<GuestBind> binds) throws LaunchException {
        Service service = place.service();
        ImageConfig config = place.image().config();
        try {
            RuntimeEnvironment runtime =
                    RuntimeEnvironment.of(config, place.image().tree());
            Healthcheck healthcheck = service.healthcheck();
            String hostname = service.hostname();
            return new GuestService(
                    hostname == null ? service.name() : hostname,
                    config,
                    runtime,
                    device,
                    limits.memoryBytes(),
                    binds,
                    hosts(),
                    service.stdinOpen(),
                    together || service.restart().policy() != Restart.Policy.NO,
                    healthcheck == null ? null : check(place, healthcheck, runtime));
        } catch (ImageException | IOException e) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the service " + service.name() + " cannot run in a machine: " + e.getMessage(),
                    e);
        }
    }

    /** A check runs as its service does, but for what is executed. */
    private static GuestCheck check(ServiceImage place, Healthcheck healthcheck, RuntimeEnvironment runtime)
            throws LaunchException, IOException {
        ImageConfig config = place.image().config();
        String path = runtime.env().stream()
                .filter(variable -> variable.startsWith(PATH))
                .map(variable -> variable.substring(PATH.length()))
                .findFirst()
                .orElse(RuntimeEnvironment.DEFAULT_PATH);
        String program = healthcheck.argv().get(0);
        String executable = ExecutableLookup.find(place.image().tree(), program, path, config.workingDirectory());
        if (executable == null) {
            throw new LaunchException(
                    FailureKind.ENGINE,
                    "the health check of the service " + place.service().name() + " executes " + program
                            + ", which its image has not"
                            + (program.contains("/") ? "" : " (searched in " + path + ")")
                            + ". Correct its healthcheck in the Compose file, or add the package that has it to the image",
                    null);
        }
        return new GuestCheck(
                new ImageConfig(
                        healthcheck.argv(),
                        config.env(),
                        config.user(),
                        config.workingDirectory(),
                        config.exposedPorts(),
                        config.stopSignal()),
                new RuntimeEnvironment(runtime.env(), executable, runtime.user()),
                healthcheck.timeout());
    }

    private List<String> hosts() {
        List<String> lines = new ArrayList<>();
        for (Service service : request.stack().services()) {
            InetAddress at = address(together ? request.stack().front() : service.name());
            lines.add(at.getHostAddress() + "\t" + String.join(" ", service.names()));
        }
        return lines;
    }

    private InetAddress address(String service) {
        return Objects.requireNonNull(request.addresses().get(service), service);
    }

    @Override
    public void close() {
        List<MachineService> left;
        Common whole;
        synchronized (this) {
            closed = true;
            left = List.copyOf(running);
            whole = common;
            common = null;
        }
        if (whole != null) {
            whole.machine().close();
        }
        left.forEach(MachineService::discard);
        data.close();
        try {
            FileTrees.delete(lab.workDirectory().resolve(request.name() + "-roots"));
        } catch (IOException e) {
            // The run's end removes the directory above, and reports.
        }
    }
}
