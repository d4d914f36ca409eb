package dev.bench.docker;

import dev.bench.host.Capability;
import dev.bench.host.Distribution;
import dev.bench.host.Executables;
import dev.bench.host.ProgramVersion;
import dev.bench.host.Software;
import dev.bench.target.Examination;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Finds out whether the container engine is there, and its runtimes. */
final class DockerChecks {
    private static final Software ENGINE = Software.of("docker.io", "containerd", "runc");
    private static final Software APPARMOR = Software.of("apparmor");
    private static final String NETAVARK = "netavark";

    /** Where buildah looks for helpers, and nowhere else. */
    private static final List<Path> HELPERS = List.of(
            Path.of("/usr/local/libexec/podman"),
            Path.of("/usr/local/lib/podman"),
            Path.of("/usr/libexec/podman"),
            Path.of("/usr/lib/podman"));

    /** Of buildah 1, the first that is known to do nothing without netavark, though its package only recommends that. */
    private static final int FIRST_BUILDAH_WITH_NETAVARK = 40;

    /** Before this release the command line is part of the engine's package, and has a client of BuildKit of its own. */
    private static final int FIRST_DEBIAN_WITH_DOCKER_CLI = 13;

    /** What a target that buildah builds needs. */
    static final String BUILDAH_NEED = "docker:buildah";

    private static final String SETUP = "run `bench setup`";

    private final Examination examination;

    DockerChecks(Examination examination) {
        this.examination = examination;
    }

    List<Capability> check() {
        List<Capability> found = new ArrayList<>(List.of(docker()));
        for (OtherRuntime runtime : OtherRuntime.values()) {
            found.add(runtime(runtime));
        }
        found.add(buildah());
        found.add(buildKit());
        return found;
    }

    /** Looks for what builds as people do; without it they still can be measured. */
    private Capability buildKit() {
        String name = "docker build with BuildKit";
        try {
            Optional<BuildKitCommand> found = BuildKitCommand.find();
            if (found.isPresent()) {
                return Capability.ok(name, found.get().describe());
            }
            return Capability.degraded(
                            name,
                            "no `docker build` on this host has a client of BuildKit that tells of its steps",
                            "targets with `builder: buildkit` build by the engine's API, which carries the whole"
                                    + " directory at each build and is slower after a change than `docker build`",
                            SETUP)
                    .mendedBy(buildCommand(examination.distribution()).packages(examination.distribution()));
        } catch (IOException e) {
            return Capability.degraded(
                    name, "it cannot be looked for: " + e.getMessage(), "it is not used", "ask again");
        }
    }

    static Software buildCommand(Distribution distribution) {
        return new Software(
                distribution.release() < FIRST_DEBIAN_WITH_DOCKER_CLI
                        ? List.of("docker.io")
                        : List.of("docker-cli", "docker-buildx"),
                List.of("docker-buildx"));
    }

    private Capability docker() {
        String name = "Docker engine";
        // Images of every kind are made with the container engine's help, so every run starts one.
        String consequence = "images cannot be prepared and containers not started, so no scenario runs";
        String host = examination.endpoints().get(DockerDriver.ENDPOINT.key());
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
                            .neededBy(examination.drivers());
        }
        List<String> lacking = lacking(List.of("dockerd", "containerd", "containerd-shim-runc-v2", "runc"));
        if (!lacking.isEmpty()) {
            return Capability.missing(name, "not installed: " + String.join(", ", lacking), consequence, SETUP)
                    .mendedBy(ENGINE.packages(examination.distribution()))
                    .neededBy(examination.drivers());
        }
        ProgramVersion version = ProgramVersion.of("dockerd");
        if (version.version() == null) {
            return Capability.missing(
                            name,
                            version.problem(),
                            consequence,
                            "mend that; if `dockerd --version` is right by hand, the host was too busy: ask again")
                    .neededBy(examination.drivers());
        }
        boolean confined = examination
                .files()
                .text("/sys/module/apparmor/parameters/enabled")
                .orElse("N")
                .equals("Y");
        if (confined && Executables.find("apparmor_parser").isEmpty()) {
            return Capability.missing(
                            name,
                            "dockerd " + version.version() + ", but apparmor_parser is missing while the kernel has"
                                    + " AppArmor on",
                            "the engine refuses to start containers",
                            SETUP)
                    .mendedBy(APPARMOR.packages(examination.distribution()))
                    .neededBy(examination.drivers());
        }
        return Capability.ok(
                name,
                "dockerd " + version.version() + ", containerd "
                        + ProgramVersion.of("containerd").known().orElse("of unknown version") + ", runc "
                        + ProgramVersion.of("runc").known().orElse("of unknown version"));
    }

    private Capability refused(String name, EngineAddress.Refusal refusal, String consequence) {
        return Capability.missing(name, refusal.finding(), consequence, refusal.remedy())
                .neededBy(examination.drivers());
    }

    private Capability runtime(OtherRuntime runtime) {
        return optional(
                runtime.label(),
                ProgramVersion.of(runtime.label()),
                Software.of(runtime.label()),
                runtime.need(),
                "targets with `runtime: " + runtime.label() + "` cannot be measured",
                "leave the runtime at runc");
    }

    private Capability buildah() {
        String consequence = "targets with `builder: buildah` cannot be measured";
        String instead = "take another builder";
        ProgramVersion version = ProgramVersion.of(BuildahBuilds.BUILDAH);
        String known = version.known().orElse("");
        boolean needsNetavark = ProgramVersion.isAtLeast(known, 1, FIRST_BUILDAH_WITH_NETAVARK);
        if (needsNetavark && HELPERS.stream().noneMatch(helpers -> Files.isExecutable(helpers.resolve(NETAVARK)))) {
            return Capability.missing(
                            BuildahBuilds.BUILDAH,
                            "buildah " + known + " does nothing without netavark, which is in none of " + HELPERS,
                            consequence,
                            SETUP + ", or " + instead)
                    .neededBy(Set.of(BUILDAH_NEED))
                    .mendedBy(List.of(NETAVARK));
        }
        return optional(
                BuildahBuilds.BUILDAH,
                version,
                buildahPackages(examination.distribution()),
                BUILDAH_NEED,
                consequence,
                instead);
    }

    /** It builds with another user's runtime than the engine's, whose package its own only recommends. */
    static Software buildahPackages(Distribution distribution) {
        return new Software(
                distribution.release() < FIRST_DEBIAN_WITH_DOCKER_CLI
                        ? List.of("buildah", "runc")
                        : List.of("buildah", "runc", NETAVARK),
                List.of("buildah", "runc"));
    }

    /** Looks for what only targets that name it need. */
    private Capability optional(
            String program,
            ProgramVersion version,
            Software software,
            String need,
            String consequence,
            String instead) {
        if (version.version() != null) {
            return Capability.ok(program, program + " " + version.version());
        }
        Capability missing = Capability.missing(
                        program,
                        version.problem(),
                        consequence,
                        (version.installed() ? "mend that" : SETUP) + ", or " + instead)
                .neededBy(Set.of(need));
        // What is there and does not answer may only do so to root.
        return version.installed()
                ? missing.asRootOnly()
                : missing.mendedBy(software.packages(examination.distribution()));
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
