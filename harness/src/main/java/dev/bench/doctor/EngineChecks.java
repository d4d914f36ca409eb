package dev.bench.doctor;

import dev.bench.doctor.AccelerationProbe.Acceleration;
import dev.bench.host.Executables;
import dev.bench.host.HostFacts;
import dev.bench.host.SystemFiles;
import dev.bench.vm.GuestKernel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whether the engines are there, and whether guests run. */
final class EngineChecks {
    /** Debian's and Ubuntu's name for the user that libvirt runs emulators as, compiled into its driver. */
    static final String EMULATOR_USER = "libvirt-qemu";

    /** Whose members may open {@code /dev/kvm}, on Debian and Ubuntu. */
    static final String KVM_GROUP = "kvm";

    private static final String SETUP = "run `bench setup`";
    private static final String DRIVER = "libvirt/connection-driver/libvirt_driver_qemu.so";

    private final DoctorContext context;
    private final SystemFiles files;

    EngineChecks(DoctorContext context) {
        this.context = context;
        this.files = context.files();
    }

    List<Capability> check() {
        return List.of(docker(), crun(), libvirt(), emulator(), kvm(), kernel());
    }

    private Capability docker() {
        String name = "Docker engine";
        // Images of every kind are made with the container engine's help, so every run starts one.
        String consequence = "images cannot be prepared and containers not started, so no scenario runs";
        String host = context.dockerHost();
        Optional<EngineAddress.Refusal> refusal = EngineAddress.refusal(host, System.getenv());
        if (refusal.isPresent()) {
            return refused(name, refusal.get(), consequence);
        }
        if (host != null) {
            DockerPing.Answer answer = DockerPing.ping(host);
            if (answer.answers() && DockerPing.isRootless(host)) {
                return refused(name, EngineAddress.rootless(host), consequence);
            }
            return answer.answers()
                    ? Capability.ok(name, answer.finding())
                    : Capability.missing(
                                    name,
                                    answer.finding(),
                                    consequence,
                                    "start that engine, or leave --docker-host and DOCKER_HOST unset for one of"
                                            + " the lab's own")
                            .neededBy(Needs.EVERY_ENGINE);
        }
        List<String> lacking = lacking(List.of("dockerd", "containerd", "containerd-shim-runc-v2", "runc"));
        if (!lacking.isEmpty()) {
            return Capability.missing(name, "not installed: " + String.join(", ", lacking), consequence, SETUP)
                    .mendedBy(Software.DOCKER.packages(context.distribution()))
                    .neededBy(Needs.EVERY_ENGINE);
        }
        Optional<String> version = HostFacts.version(List.of("dockerd", "--version"));
        if (version.isEmpty()) {
            return Capability.missing(
                            name,
                            "`dockerd --version` does not answer",
                            consequence,
                            "see what `dockerd --version` says, and reinstall the engine")
                    .neededBy(Needs.EVERY_ENGINE);
        }
        boolean confined = files.text("/sys/module/apparmor/parameters/enabled")
                .orElse("N")
                .equals("Y");
        if (confined && Executables.find("apparmor_parser").isEmpty()) {
            return Capability.missing(
                            name,
                            "dockerd " + version.get() + ", but apparmor_parser is missing while the kernel has"
                                    + " AppArmor on",
                            "the engine refuses to start containers",
                            SETUP)
                    .mendedBy(Software.APPARMOR.packages(context.distribution()))
                    .neededBy(Needs.EVERY_ENGINE);
        }
        return Capability.ok(
                name,
                "dockerd " + version.get() + ", containerd "
                        + HostFacts.version(List.of("containerd", "--version")).orElse("of unknown version") + ", runc "
                        + HostFacts.version(List.of("runc", "--version")).orElse("of unknown version"));
    }

    private static Capability refused(String name, EngineAddress.Refusal refusal, String consequence) {
        return Capability.missing(name, refusal.finding(), consequence, refusal.remedy())
                .neededBy(Needs.EVERY_ENGINE);
    }

    private Capability crun() {
        String name = "crun";
        Optional<String> version = HostFacts.version(List.of("crun", "--version"));
        return version.isPresent()
                ? Capability.ok(name, "crun " + version.get())
                : Capability.degraded(
                                name,
                                "not installed",
                                "targets with `runtime: crun` cannot be measured",
                                SETUP + ", or leave the runtime at runc")
                        .mendedBy(Software.CRUN.packages(context.distribution()));
    }

    private Capability libvirt() {
        String name = "libvirt";
        String consequence = "virtual machines cannot be measured";
        Optional<String> version = HostFacts.libvirtVersion(files);
        if (version.isEmpty()) {
            return Capability.missing(name, "libvirt.so.0 is not installed", consequence, SETUP)
                    .mendedBy(Software.LIBVIRT.packages(context.distribution()))
                    .neededBy(Set.of(Needs.LIBVIRT));
        }
        if (context.libvirtUri() != null) {
            return Capability.ok(
                    name,
                    "client library " + version.get() + "; " + context.libvirtUri() + " is tried when a run starts");
        }
        if (driver().isEmpty()) {
            return Capability.missing(name, "libvirt " + version.get() + " without its QEMU driver", consequence, SETUP)
                    .mendedBy(Software.LIBVIRT.packages(context.distribution()))
                    .neededBy(Set.of(Needs.LIBVIRT));
        }
        if (!hasEmulatorUser(files)) {
            return Capability.missing(
                            name,
                            "the system user " + EMULATOR_USER + ", which libvirt's driver looks up, does not exist",
                            consequence,
                            SETUP)
                    .mendedBy(Software.LIBVIRT.packages(context.distribution()))
                    .neededBy(Set.of(Needs.LIBVIRT));
        }
        if (!mayOpenKvm(files)) {
            return Capability.degraded(
                            name,
                            "the system user " + EMULATOR_USER + " is not in the group " + KVM_GROUP
                                    + ", which /dev/kvm belongs to",
                            "a libvirtd of this host looks its emulator over again and again, a minute for every machine;"
                                    + " the embedded driver does not",
                            SETUP)
                    .mendedBy(Software.LIBVIRT.packages(context.distribution()));
        }
        return Capability.ok(name, "libvirt " + version.get() + " with the QEMU driver, embedded");
    }

    static boolean hasEmulatorUser(SystemFiles files) {
        return entry(files, "/etc/passwd", EMULATOR_USER).isPresent();
    }

    /** Returns whether the emulator's user is in the group of the device; true where the host has no such group. */
    static boolean mayOpenKvm(SystemFiles files) {
        Optional<String[]> group = entry(files, "/etc/group", KVM_GROUP);
        Optional<String[]> user = entry(files, "/etc/passwd", EMULATOR_USER);
        return group.isEmpty()
                || user.isEmpty()
                || user.get()[3].equals(group.get()[2])
                || List.of(group.get()[3].split(",", -1)).contains(EMULATOR_USER);
    }

    private static Optional<String[]> entry(SystemFiles files, String file, String name) {
        return files.lines(file).stream()
                .map(line -> line.split(":", -1))
                .filter(fields -> fields.length > 3 && fields[0].equals(name))
                .findFirst();
    }

    private Optional<Path> driver() {
        Optional<Path> library = HostFacts.libvirtLibrary(files);
        return library.map(file -> file.resolveSibling(DRIVER)).filter(Files::isReadable);
    }

    private Capability emulator() {
        String name = "QEMU";
        Optional<String> version = HostFacts.version(List.of("qemu-system-x86_64", "--version"));
        return version.isPresent()
                ? Capability.ok(name, "qemu-system-x86_64 " + version.get())
                : Capability.missing(
                                name,
                                "qemu-system-x86_64 is not installed",
                                "virtual machines cannot be measured",
                                SETUP)
                        .mendedBy(Software.QEMU.packages(context.distribution()))
                        .neededBy(Set.of(Needs.LIBVIRT));
    }

    private Capability kvm() {
        String name = "KVM";
        String consequence =
                "the processors of virtual machines are emulated, ten times slower or more, and marked so everywhere";
        String remedy = "turn on virtualisation in the firmware, or nested virtualisation in the hypervisor below";
        if (!files.exists("/dev/kvm")) {
            return Capability.degraded(name, "there is no /dev/kvm", consequence, remedy);
        }
        if (Executables.find("qemu-system-x86_64").isEmpty()) {
            return Capability.degraded(
                    name,
                    "/dev/kvm exists, but without QEMU it cannot be tried",
                    consequence,
                    SETUP + ", then ask again");
        }
        try {
            Acceleration acceleration = context.acceleration().probe();
            return acceleration.works()
                    ? Capability.ok(name, acceleration.finding())
                    : Capability.degraded(name, acceleration.finding(), consequence, remedy);
        } catch (IOException e) {
            return Capability.degraded(
                    name, "could not be tried: " + e.getMessage(), consequence, "mend that, then ask again");
        }
    }

    private Capability kernel() {
        String name = "guest kernel";
        String consequence = "virtual machines have no kernel to boot, unless a scenario names one";
        try {
            GuestKernel kernel = GuestKernel.find("");
            if (!Files.isReadable(kernel.modules().resolve("modules.dep"))) {
                return Capability.missing(
                                name,
                                kernel.image() + " has no modules in " + kernel.modules(),
                                "guests cannot load the drivers of their disk and network",
                                "install the modules of that kernel")
                        .neededBy(Set.of(Needs.LIBVIRT));
            }
            return Capability.ok(name, kernel.image() + ", " + kernel.release());
        } catch (IOException e) {
            return Capability.missing(name, String.valueOf(e.getMessage()), consequence, SETUP)
                    .mendedBy(Software.KERNEL.packages(context.distribution()))
                    .neededBy(Set.of(Needs.LIBVIRT));
        }
    }

    private static List<String> lacking(List<String> programs) {
        List<String> lacking = new ArrayList<>();
        for (String program : programs) {
            if (Executables.find(program).isEmpty()) {
                lacking.add(program);
            }
        }
        return lacking;
    }
}
