package dev.bench.compose;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.grammar.Problem;
import dev.bench.workload.Dependency;
import dev.bench.workload.Healthcheck;
import dev.bench.workload.ImageSource;
import dev.bench.workload.Mount;
import dev.bench.workload.Restart;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ComposeFileTest {
    private static final Map<String, ImageSource> IMAGES =
            Map.of("mapped", new ImageSource.Debian("bookworm", List.of(), null));

    @TempDir
    private Path directory;

    private ComposeFile file(String text) throws IOException {
        Path file = directory.resolve("compose.yaml");
        Files.writeString(file, text);
        return new ComposeFile(file, Map.of("SET", "value", "EMPTY", ""));
    }

    private Stack read(String text) throws IOException {
        ComposeFile file = file(text);
        return file.read("web", IMAGES)
                .orElseThrow(() -> new AssertionError(file.problems().toString()));
    }

    private Service web(String lines) throws IOException {
        return read("services:\n  web:\n    image: x\n" + lines.indent(4)).service("web");
    }

    /** Returns the only fault, as it is shown. */
    private String fault(String text) throws IOException {
        ComposeFile file = file(text);
        assertTrue(file.read("web", IMAGES).isEmpty(), text);
        List<Problem> problems = file.problems();
        assertEquals(1, problems.size(), problems.toString());
        return problems.get(0).describe("f");
    }

    private String faultOfWeb(String lines) throws IOException {
        return fault("services:\n  web:\n    image: x\n" + lines.indent(4));
    }

    @Test
    void imagesAreTheReferenceWhatStandsForItOrWhatIsBuilt() throws IOException {
        Files.writeString(directory.resolve("Dockerfile"), "FROM x\n");
        Files.writeString(directory.resolve("other"), "FROM x\n");
        Stack stack = read("""
                services:
                  web: {image: mapped, build: .}
                  other: {image: "nginx:1"}
                  built: {build: {context: .}}
                  stage: {build: {context: ., dockerfile: ./other, target: t, args: [A=1, SET]}}
                """);
        assertEquals(IMAGES.get("mapped"), stack.service("web").image());
        assertEquals(new ImageSource.Oci("nginx:1"), stack.service("other").image());
        assertEquals(
                new ImageSource.Dockerfile(directory), stack.service("built").image());
        assertEquals(
                new ImageSource.Dockerfile(
                        directory,
                        null,
                        new ImageSource.Dockerfile.Recipe("other", "t", Map.of("A", "1", "SET", "value"))),
                stack.service("stage").image());
        assertEquals(
                "f:3:12: services.web.build: " + directory.resolve("no")
                        + " holds no file Dockerfile; paths are taken from " + directory,
                fault("services:\n  web:\n    build: no\n"));
        assertEquals(
                "f:2:8: services.web: has neither image nor build; give one of them", fault("services:\n  web: {}\n"));
    }

    @Test
    void externalVolumesAreTheEnginesByTheirNameThere() throws IOException {
        Stack stack = read("""
                services: {web: {image: x, volumes: ["a:/a", "b:/b", "c:/c", "own:/own"]}}
                volumes:
                  a: {external: true}
                  b: {external: true, name: there}
                  c: {external: false}
                  own:
                  unused: {external: true}
                """);
        assertEquals(Map.of("a", "a", "b", "there"), stack.external());
        assertEquals(List.of("c", "own"), stack.volumes());
    }

    @Test
    void commandsAreWordsOrTextThatIsSplitAsAShellDoes() throws IOException {
        Service text = web("command: sh -c 'echo \"a b\"' c\\ d \"e\\\"f\"");
        assertEquals(
                List.of("sh", "-c", "echo \"a b\"", "c d", "e\"f"),
                text.overrides().arguments());
        assertNull(text.overrides().command());
        Service both = web("entrypoint: [/bin/e, '1']\ncommand: x y");
        assertEquals(List.of("/bin/e", "1", "x", "y"), both.overrides().command());
        assertNull(both.overrides().arguments());
        assertEquals(
                "f:4:14: services.web.command: has a quote (') that does not end; give it as a list of words, or close"
                        + " the quote",
                faultOfWeb("command: sh 'a"));
        assertEquals(
                "f:4:17: services.web.entrypoint: leaves nothing to run; give a program, here or as command",
                faultOfWeb("entrypoint: []"));
    }

    @Test
    void environmentIsAListAMappingAndFiles() throws IOException {
        Files.writeString(
                directory.resolve("a.env"),
                "# comment\nexport A=1\nB='$SET'\nC=\"x\\ty ${SET}\" # c\nD=a b # c\nE=$A-${NONE:-n}\nSET\n");
        Service list = web("environment: [X=1, 'Y=a=b', SET, NOTHING]");
        assertEquals(List.of("X=1", "Y=a=b", "SET=value"), list.overrides().env());
        Service mapping = web("env_file: a.env\nenvironment: {A: 2, F: true, G: , SET: }");
        assertEquals(
                List.of("A=2", "B=$SET", "C=x\ty value", "D=a b", "E=1-n", "SET=value", "F=true"),
                mapping.overrides().env());
        web("env_file: [{path: none.env, required: false}]");
        assertEquals(
                "f:4:15: services.web.env_file: " + directory.resolve("no.env")
                        + " is not a file; paths are taken from " + directory,
                faultOfWeb("env_file: no.env"));
        Files.writeString(directory.resolve("bad.env"), "A=1\nB=\"x\n");
        assertTrue(faultOfWeb("env_file: bad.env").endsWith("bad.env: line 2 has a quote that does not end"));
    }

    @Test
    void variablesAreThoseOfTheEnvironmentAndOfTheFileBesideIt() throws IOException {
        Files.writeString(directory.resolve(".env"), "SET=other\nFROM_FILE=file\n");
        assertEquals(
                "value file  $x ${y} d d v e",
                web("hostname: h\nuser: \"${SET} $FROM_FILE $NONE $$x $${y} ${NONE:-d} ${EMPTY:-d} ${SET:+v} ${NONE-${EMPTY-x}e}\"")
                        .overrides()
                        .user());
        assertEquals(
                "f:4:11: '${NONE:?say it}' needs the variable NONE, which is not set: say it. Set it in the environment or in"
                        + " .env",
                faultOfWeb("user: ${NONE:?say it}"));
        assertEquals(
                "f:4:11: 'a$' has a '$' that begins no variable; write $$ for a dollar sign, $NAME or ${NAME} for a variable",
                faultOfWeb("user: a$"));
        assertEquals("f:4:11: '${A' has a '${' without its '}'", faultOfWeb("user: ${A"));
    }

    @Test
    void servicesStartAfterWhatTheyDependOn() throws IOException {
        Stack stack = read("""
                services:
                  web:
                    image: x
                    depends_on:
                      db: {condition: service_healthy}
                      job: {condition: service_completed_successfully, required: true}
                  db: {image: x, healthcheck: {test: [CMD, up]}, depends_on: [job]}
                  job: {image: x}
                """);
        assertEquals(
                List.of("job", "db", "web"),
                stack.services().stream().map(Service::name).toList());
        assertEquals(
                List.of(
                        new Dependency("db", Dependency.Condition.HEALTHY),
                        new Dependency("job", Dependency.Condition.COMPLETED)),
                stack.service("web").dependencies());
        assertTrue(stack.service("job").endsIn(stack));
        assertEquals(
                "f:4:5: services.web.depends_on: the services wait for each other: web -> b -> web; take one of them out",
                fault("services:\n  web:\n    image: x\n    depends_on: [b]\n  b: {image: x, depends_on: [web]}\n"));
        assertEquals(
                "f:4:5: services.web.depends_on: there is no service b; there are web", faultOfWeb("depends_on: [b]"));
        assertEquals(
                "f:4:5: services.web.depends_on: waits until b is healthy, which has no healthcheck in this file; give it one,"
                        + " or condition: service_started",
                fault(
                        "services:\n  web:\n    image: x\n    depends_on: {b: {condition: service_healthy}}\n  b: {image: x}\n"));
    }

    @Test
    void healthChecksAreProgramsOrTextForAShell() throws IOException {
        Healthcheck usual =
                Objects.requireNonNull(web("healthcheck: {test: curl -f x}").healthcheck());
        assertEquals(
                new Healthcheck(
                        List.of("/bin/sh", "-c", "curl -f x"),
                        Duration.ofSeconds(30),
                        Duration.ofSeconds(30),
                        Duration.ZERO,
                        Duration.ofSeconds(30),
                        3),
                usual);
        Healthcheck full =
                Objects.requireNonNull(web("healthcheck: {test: [CMD, a, b], interval: 1m30s, timeout: 500ms,"
                                + " start_period: 1.5s, start_interval: 100ms, retries: 7}")
                        .healthcheck());
        assertEquals(
                new Healthcheck(
                        List.of("a", "b"),
                        Duration.ofSeconds(90),
                        Duration.ofMillis(500),
                        Duration.ofMillis(1500),
                        Duration.ofMillis(100),
                        7),
                full);
        assertNull(web("healthcheck: {test: [NONE]}").healthcheck());
        assertNull(web("healthcheck: {disable: true}").healthcheck());
        assertTrue(faultOfWeb("healthcheck: {test: [curl, x]}")
                .endsWith("give a text, [CMD, program, argument], [CMD-SHELL," + " text] or [NONE]"));
        assertTrue(faultOfWeb("healthcheck: {test: x, interval: 5}")
                .endsWith("'5' is not accepted; give a duration such as 30s, 1m30s or 500ms"));
    }

    @Test
    void mountsAreVolumesDirectoriesMemoryAndFiles() throws IOException {
        Files.createDirectories(directory.resolve("d/e"));
        Files.writeString(directory.resolve("s.txt"), "s");
        Stack stack = read("""
                services:
                  web:
                    image: x
                    volumes:
                      - data:/data
                      - ./d:/d:ro
                      - /anonymous
                      - {type: volume, source: data2, target: /data2, read_only: true}
                      - {type: bind, source: d/e, target: /e}
                      - {type: tmpfs, target: /t, tmpfs: {size: 1m, mode: 0o700}}
                    tmpfs: [/run, '/m:size=64m,mode=1777']
                    secrets: [s, {source: s, target: t}]
                    configs: [{source: s, target: /etc/c}]
                volumes: {data: , data2: {driver: local}, unused: }
                secrets: {s: {file: s.txt}}
                configs: {s: {file: ./s.txt}}
                """);
        String secret = directory.resolve("s.txt").toString();
        assertEquals(List.of("data", "data2"), stack.volumes());
        assertEquals(
                List.of(
                        new Mount(Mount.Kind.VOLUME, "data", "/data", false),
                        new Mount(Mount.Kind.BIND, directory.resolve("d").toString(), "/d", true),
                        new Mount(Mount.Kind.VOLUME, "", "/anonymous", false),
                        new Mount(Mount.Kind.VOLUME, "data2", "/data2", true),
                        new Mount(Mount.Kind.BIND, directory.resolve("d/e").toString(), "/e", false),
                        new Mount(Mount.Kind.TMPFS, "", "/t", false, 1 << 20, 0700),
                        new Mount(Mount.Kind.TMPFS, "", "/run", false),
                        new Mount(Mount.Kind.TMPFS, "", "/m", false, 64 << 20, 01777),
                        new Mount(Mount.Kind.BIND, secret, "/etc/c", true),
                        new Mount(Mount.Kind.BIND, secret, "/run/secrets/s", true),
                        new Mount(Mount.Kind.BIND, secret, "/run/secrets/t", true)),
                stack.service("web").mounts());
        assertEquals(
                "f:4:15: services.web.volumes[0]: the volume data is not declared; declare it at the top, below volumes, or"
                        + " begin a path with ./",
                faultOfWeb("volumes: ['data:/data']"));
        assertEquals(
                "f:4:15: services.web.volumes[0]: " + directory.resolve("none") + " is not there; paths are taken from "
                        + directory,
                faultOfWeb("volumes: ['./none:/data']"));
        assertTrue(faultOfWeb("volumes: ['/a:b:c:d']").contains("give SOURCE:DIRECTORY"));
        assertTrue(faultOfWeb("volumes: ['/tmp:shared']").contains("'shared' is not accepted in a service"));
        assertTrue(faultOfWeb("secrets: [s]").contains("the secret s is not declared"));
        assertTrue(faultOfWeb("volumes: [/a, /a]").contains("two mounts lie at /a"));
    }

    @Test
    void portsAreRecordedAndMayBePublishedOnce() throws IOException {
        Service web =
                web("ports: ['8080:80', 443, '127.0.0.1:53:53/udp', '9000-9001:9000-9001', {target: 81, published: 1}]"
                        + "\nexpose: ['7', 80]");
        assertEquals(List.of(7, 80, 81, 443, 9000, 9001), web.ports());
        assertEquals(
                "f:3:27: services.b.ports[0]: the port 80 of the host is published by web already; give another one",
                fault("services:\n  web: {image: x, ports: ['80:1']}\n  b:   {image: x, ports: ['80:2']}\n"));
        assertTrue(faultOfWeb("ports: ['http']").contains("'http' is not accepted; give \"80\""));
        assertTrue(faultOfWeb("ports: ['99999']").contains("'99999' is not a port"));
    }

    @Test
    void theRestIsHeededToo() throws IOException {
        Service web = web("""
                user: 1000:1000
                working_dir: /srv
                stop_signal: SIGINT
                stop_grace_period: 1m5s
                restart: on-failure:3
                hostname: h
                container_name: cc
                stdin_open: true
                init: false
                networks: {default: {aliases: [a, b]}}
                """);
        assertEquals("1000:1000", web.overrides().user());
        assertEquals("/srv", web.overrides().workingDirectory());
        assertEquals("SIGINT", web.overrides().stopSignal());
        assertEquals(Duration.ofSeconds(65), web.stopGrace());
        assertEquals(new Restart(Restart.Policy.ON_FAILURE, 3), web.restart());
        assertEquals("h", web.hostname());
        assertEquals(List.of("web", "cc", "a", "b"), web.names());
        assertTrue(web.stdinOpen());
        assertEquals(
                Restart.Policy.ALWAYS, web("restart: unless-stopped").restart().policy());
        assertEquals(Restart.NEVER, web("restart: no").restart());
    }

    @Test
    void nothingIsIgnoredInSilence() throws IOException {
        assertEquals(
                "f:4:5: services.web.mem_limit: is not supported: every service has the scenario's own, limits.cpus and"
                        + " limits.memory; leave it out",
                faultOfWeb("mem_limit: 1g"));
        assertTrue(faultOfWeb("comand: x").contains("services.web.comand: is not supported; did you mean 'command'?"));
        assertTrue(faultOfWeb("tty: true")
                .contains("services.web.tty: is not supported: it means something to containers"));
        assertTrue(faultOfWeb("healthcheck: {test: x, tset: y}").contains("did you mean 'test'?"));
        assertTrue(fault("services: {web: {image: x}}\nnetworks: {n: {external: true}}")
                .contains("external: is not supported"));
        assertTrue(fault("services: {web: {image: x}}\ninclude: [a]").contains("include: is not supported"));
        assertTrue(faultOfWeb("networks: [n]").contains("the network n is not declared"));
        assertEquals(
                List.of(
                        "labels: labels are not kept",
                        "ports: nothing is published on the host; services are asked at their own addresses"),
                read("x-a: 1\nversion: '3.8'\nservices: {web: {image: x, labels: {a: b}, ports: [80], x-b: 1}}")
                        .notes());
    }

    @Test
    void whatTheReaderDoesNotLookAtTheSchemaDoes() throws IOException {
        assertTrue(faultOfWeb("labels: [a, a]").contains("labels: does not follow Compose's schema"));
        assertTrue(fault("version: 3\nservices: {web: {image: x}}").startsWith("f:1:10: version: does not follow"));
    }

    @Test
    void theFrontMustBeThereAndNamesMustBeOfOne() throws IOException {
        assertTrue(fault("services: {b: {image: x}}").contains("there is no service web, which the scenario names"));
        assertTrue(fault("services:\n  web: {image: x}\n  b: {image: x, container_name: web}")
                .contains("is called web too, which names web already"));
        assertTrue(fault("services:").contains("has no services"));
        assertTrue(fault("a: [").contains("is not YAML here"));
        assertTrue(fault("").contains("is empty"));
    }

    /** Whatever is written, a file is read or refused with a place. */
    @Test
    void mutatedFilesAreReadOrRefused() throws IOException {
        String good = Files.readString(Path.of("../scenarios/stack/compose.yaml"));
        SplittableRandom random = new SplittableRandom(15);
        List<String> pieces =
                List.of("", ":", "- ", "{", "[", "]", "${", "$", "'", "\n", "  ", "null", "1", "&a ", "*a", "<<: ");
        for (int round = 0; round < 300; round++) {
            StringBuilder text = new StringBuilder(good);
            for (int change = 0; change <= round % 4; change++) {
                int from = random.nextInt(text.length());
                int to = Math.min(text.length(), from + random.nextInt(12));
                text.replace(from, to, pieces.get(random.nextInt(pieces.size())));
            }
            ComposeFile file = file(text.toString());
            boolean read = file.read("front", IMAGES).isPresent();
            List<Problem> problems = new ArrayList<>(file.problems());
            assertEquals(read, problems.isEmpty(), text.toString());
            problems.forEach(problem ->
                    assertTrue(problem.line() > 0 && !problem.message().isEmpty(), problem.toString()));
        }
    }
}
