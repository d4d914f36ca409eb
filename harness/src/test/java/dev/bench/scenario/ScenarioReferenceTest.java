package dev.bench.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ScenarioReferenceTest {
    private final ScenarioReference reference = new ScenarioReference(ScenarioReaderTest.drivers());

    @Test
    void everyKeyOfTheSchemaIsInItWithTheSameMeaning() throws IOException {
        Map<String, String> written = new LinkedHashMap<>();
        collect(new ObjectMapper().readTree(ScenarioSchema.of(ScenarioReaderTest.drivers())), "", written);
        Map<String, String> referred = new LinkedHashMap<>();
        reference.all().forEach(entry -> referred.put(entry.path(), entry.description()));

        assertTrue(written.size() > 80, written.toString());
        assertEquals(written, referred);
    }

    private static void collect(JsonNode schema, String above, Map<String, String> found) {
        schema.path("properties").fields().forEachRemaining(key -> {
            found.put(above + key.getKey(), key.getValue().path("description").asText());
            if (!key.getValue().path("deprecated").asBoolean()) {
                collect(key.getValue(), above + key.getKey() + ".", found);
            }
        });
        schema.path("anyOf").forEach(form -> collect(form, above, found));
        if (schema.path("additionalProperties").has("properties")) {
            collect(schema.path("additionalProperties"), above + "NAME.", found);
        }
    }

    @Test
    void aKeyIsSaidWithItsFormItsMeaningAndItsDefault() {
        assertEquals("""
                limits
                    a mapping, which may be empty
                    Limits of every instance.
                limits.cpus
                    a number from 0.01 to 1024.0
                    Default 1.
                limits.memory
                    a size such as 256MiB (KiB, MiB, GiB), from 32MiB to 1024GiB
                    Default 256MiB.
                """, ScenarioReference.text(reference.find("limits").subList(0, 3)));
        assertEquals("""
                workload.ready.http.port
                    a whole number from 1 to 65535
                    TCP port; default 80.
                """, ScenarioReference.text(reference.find("workload.ready.http.port")));
        assertEquals("""
                targets.NAME.libvirt.machine
                    text
                    Machine type, as QEMU names it; default q35.
                """, ScenarioReference.text(reference.find("libvirt.machine")));
        assertEquals("""
                name (required)
                    lower-case letters, digits and hyphens, 40 at most
                    Its name.
                """, ScenarioReference.text(reference.find("name")));
    }

    @Test
    void aKeyIsFoundByItsNameAlone() {
        assertEquals(
                List.of("workload.ready.log.count"),
                reference.find("count").stream()
                        .map(ScenarioReference.Entry::path)
                        .toList());
        assertEquals(
                List.of("memory.instances", "scale-out.starts.instances", "scale-out.throughput.instances"),
                reference.find("instances").stream()
                        .map(ScenarioReference.Entry::path)
                        .toList());
        assertEquals("no key is called 'plam'; did you mean 'plan'?", refusal("plam"));
        assertEquals("no key is called ''", refusal(""));
    }

    private String refusal(String key) {
        return assertThrows(IllegalArgumentException.class, () -> reference.find(key))
                .getMessage();
    }
}
