package dev.bench.calibrate;

import dev.bench.host.Executables;
import dev.bench.registry.Registry;
import java.util.Optional;

/** Lists the parts of a calibration, each of which can be taken alone. */
enum Part {
    /** An image made into a tree and a disk. */
    IMAGE,
    /** Containers beside a bare API client and the docker command. */
    CONTAINER,
    /** The moment of readiness beside the workload's own clock. */
    READINESS,
    /** Virtual machines beside QEMU started by hand and the distribution's boot. */
    MACHINE,
    /** Many containers started at once, beside the docker command and a bare API client. */
    STARTS,
    /** Many virtual machines started at once, beside virsh. */
    MACHINES("virsh", "libvirt-clients"),
    /** The load generator, beside wrk. */
    LOAD("wrk", "wrk"),
    /** What fio finds, beside the same fio in a container and a machine started by hand. */
    STORAGE,
    /** An application brought up and taken down as containers, beside Docker's own command for its Compose file. */
    STACK("docker-compose", "docker-compose"),
    /** Builds beside the docker command's, and a disk that gets what has changed beside one that is made whole. */
    BUILDS,
    /** Images pushed and pulled, beside the docker command. */
    DELIVERY(Registry.PROGRAM, Registry.PROGRAM),
    /** Traced system calls, beside strace. */
    ISOLATION("strace", "strace"),
    /** Instances that go on from a kept state, beside virsh. */
    RESTORE("virsh", "libvirt-clients"),
    /** Machines with a whole system, beside virsh. */
    CLASSIC("virsh", "libvirt-clients"),
    /** A whole run, and a report of many launches. */
    RUN,
    /** Measured memory beside known amounts, and the harness beside many instances. */
    MEMORY,
    /** A site of many results, and of one more. */
    SITE,
    /** The command line itself. */
    HELP,
    /** Gates of containers, with nothing changed and with a change that is known; takes longer than all the others. */
    GATES;

    private final String program;
    private final String debianPackage;

    Part() {
        this("", "");
    }

    /** Is compared with a program that no run needs. */
    Part(String program, String debianPackage) {
        this.program = program;
        this.debianPackage = debianPackage;
    }

    /** Returns the package of the program that this part compares with, empty where none is missing. */
    Optional<String> lacking() {
        return program.isEmpty() || Executables.find(program).isPresent()
                ? Optional.empty()
                : Optional.of(debianPackage);
    }
}
