package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScenarioSchemaTest {
    private static final Path SCENARIOS = Path.of("..", "scenarios");
    private static final Path SCHEMA = SCENARIOS.resolve("scenario.schema.json");
    private static final ObjectMapper YAML = new ObjectMapper(new YAMLFactory());

    private static final Path COMPOSE =
            SCENARIOS.resolve("stack/compose.yaml").toAbsolutePath().normalize();
    private static final String STACK = "name: a\nmeasure: stack\nworkload: {%s}\ntargets: {x: {docker: {}}}";

    private static final String SCALE_OUT =
            "name: a\nworkload: {image: {oci: x}, ready: {http:}}\ntargets: {process:}\nmeasure: scale-out\nscaleout: ";
    private static final String GATE =
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {container: {docker: {}}}\ngate: ";
    private static final List<String> GOOD = List.of(
            "name: a\nmeasure: memory\nmemory: {instances: [1, 2], load: {requests: 5}, floor: 1GiB, fill: true, slo: 1s}\n"
                    + "workload: {image: {oci: x}, ready: {http:}}\ntargets: {vm: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {log: 'a.*'}}\ntargets: {process:}",
            "name: a\nworkload: {image: {oci: x}, ready: {log: {pattern: a}}}\ntargets: {x: {docker: {runtime: runc}}}",
            "name: a\nworkload: {image: {oci: x}, ready: {log: {pattern: a, count: 2}}}\ntargets: {process: {}}",
            "x-a: [1]\nname: a\nworkload: {image: {oci: x}, env: {a.b: c}, ready: {http: {host: 'a:1'}}}\n"
                    + "targets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {redis:, timeout: 2m}}\ntargets: {vm: {libvirt: {vcpus: 2}}}",
            "name: a\nworkload: {image: {oci: x}, user: 1000, ready: {tcp: {port: 1, expect: 220}}}\n"
                    + "limits: {cpus: 0.5, memory: 1.5GiB}\nplan: {pause: 500ms, control: false}\ntargets: {vm: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http:}}\ntargets: {x: {docker: {user: 1000}},"
                    + " y: {docker: {user: '33:34', security: unconfined}}}",
            GATE + "{baseline: {image: {oci: y}, runtime: runc}, budgets: {startup.ready_ms: 3%}}",
            GATE + "{limits: {startup.ready_ms: {max: 400}, startup.exec_ms: {min: 0.5}}}",
            STACK.formatted("compose: " + COMPOSE + ", front: front, ready: {http:}"),
            STACK.formatted("compose: " + COMPOSE + ", front: front, images: {stack-db: {oci: x}}, ready: {http:}"),
            "name: a\nmeasure: storage\ntargets: {x: {docker: {place: volume}}, y: {process: {place: directory}}}",
            "name: a\nmeasure: storage\nstorage: {jobs: [read], size: 2MiB, runtime: 200ms, page_cache: keep}\n"
                    + "workload: {image: {oci: x}}\ntargets: {vm: {libvirt: {place: disk, format: qcow2, cache: none}}}",
            SCALE_OUT + "{starts: {instances: 3}}",
            SCALE_OUT + "{starts: {instances: 3, rate: 0.5/s}}",
            SCALE_OUT + "{throughput: {instances: [1, 2], open: {each: [5/s], of_closed: [0.5]}, slo: {p99: 1ms}}}");
    private static final List<String> BAD = List.of(
            "name: a\nmeasure: memory\nmemory: {instances: [0]}\nworkload: {image: {oci: x}, ready: {log: a}}\n"
                    + "targets: {vm: {}}",
            "name: a\nmeasure: memory\nmemory: {floor: 2}\nworkload: {image: {oci: x}, ready: {log: a}}\n"
                    + "targets: {vm: {}}",
            "workload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: A\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x, archive: y}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 256}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http: {port: 0}}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {x: {podman: {}}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\nlimits: {memory: 256m}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, command: nginx, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\nplan: {blocks: 0}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\nplam: {blocks: 1}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {log: {pattern: a, count: 0}}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http: {path: '/a b'}}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http: {host: 'a b'}}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, env: {a=b: c}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, env: {'': c}, ready: {exit: 0}}\ntargets: {process: {}}",
            "y-a: [1]\nname: a\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}",
            "name: a\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}}\ntargets: {process: {}}",
            "name: a\nmeasure: storage\nworkload: {image: {oci: x}, ready: {exit: 0}}\ntargets: {process: {}}",
            STACK.formatted("compose: " + COMPOSE + ", ready: {http:}"),
            STACK.formatted("front: front, ready: {http:}"),
            STACK.formatted("compose: " + COMPOSE + ", front: front"),
            STACK.formatted("compose: " + COMPOSE + ", front: front, image: {oci: x}, ready: {http:}"),
            "name: a\nworkload: {compose: " + COMPOSE + ", image: {oci: x}, ready: {http:}}\ntargets: {process: {}}",
            "name: a\nmeasure: storage\ntargets: {x: {docker: {place: cupboard}}}",
            "name: a\nmeasure: storage\nstorage: {jobs: [swim]}\ntargets: {process: {}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http:}}\ntargets: {x: {docker: {user: www-data}}}",
            "name: a\nworkload: {image: {oci: x}, ready: {http:}}\ntargets: {x: {docker: {user: -1}}}",
            GATE + "{baseline: {}}",
            GATE + "{baseline: {image: {oci: y, archive: z}}}",
            GATE + "{baseline: {runtme: runc}}",
            GATE + "{budgets: {startup.ready_ms: 3}}",
            GATE + "{limits: {startup.ready_ms: {}}}",
            GATE + "{limits: {teardown_ms: {max: 1}}}",
            SCALE_OUT + "{starts: {instances: 0}}",
            SCALE_OUT + "{starts: {instances: 3, rate: 0.5}}",
            SCALE_OUT + "{throughput: {connections: 1}}",
            SCALE_OUT + "{throughput: {instances: [0]}}",
            SCALE_OUT + "{throughput: {instances: [1], open: {of_closed: [1.5]}}}",
            SCALE_OUT + "{throughput: {instances: [1], open: {each: [1/s]}, slo: {}}}");

    @TempDir
    private Path directory;

    private static String generated() {
        return ScenarioSchema.of(ScenarioReaderTest.drivers());
    }

    private static Set<ValidationMessage> validate(String yaml) throws IOException {
        JsonSchema schema =
                JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012).getSchema(generated());
        JsonNode document = YAML.readTree(yaml);
        return schema.validate(document);
    }

    /** Regenerate with {@code mvn -pl harness test -Dtest=ScenarioSchemaTest -Dbench.schema.write=true}. */
    @Test
    void theFileBesideTheScenariosIsWhatTheReaderAccepts() throws IOException {
        if (Boolean.getBoolean("bench.schema.write")) {
            Files.writeString(SCHEMA, generated());
        }
        assertEquals(generated(), Files.readString(SCHEMA));
    }

    @Test
    void everyShippedScenarioIsValid() throws IOException {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(SCENARIOS, "*.yaml")) {
            for (Path file : files) {
                assertEquals(Set.of(), validate(Files.readString(file)), file.toString());
            }
        }
    }

    @Test
    void readerAndSchemaAgreeOnWhatIsGoodAndWhatIsNot() throws IOException {
        for (String good : GOOD) {
            assertEquals(Set.of(), validate(good), good);
            assertTrue(accepted(good), good);
        }
        for (String bad : BAD) {
            assertFalse(validate(bad).isEmpty(), bad);
            assertFalse(accepted(bad), bad);
        }
    }

    private boolean accepted(String text) throws IOException {
        Path file = directory.resolve("s.yaml");
        Files.writeString(file, text);
        try {
            new ScenarioReader(ScenarioReaderTest.drivers()).read(file);
            return true;
        } catch (ScenarioException e) {
            return false;
        }
    }
}
