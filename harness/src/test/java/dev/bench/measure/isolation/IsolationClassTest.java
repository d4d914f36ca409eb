package dev.bench.measure.isolation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.program.Inspection;
import dev.bench.program.Inspection.Answer;
import dev.bench.program.Inspection.Symbols;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class IsolationClassTest {
    private static final String ALL = "000001ffffffffff";
    private static final String DEFAULT = "00000000a80425fb";
    private static final Map<String, String> HOSTS = Map.of("mnt", "mnt:[1]", "pid", "pid:[1]", "user", "user:[1]");
    private static final Map<String, String> OWN = Map.of("mnt", "mnt:[2]", "pid", "pid:[2]", "user", "user:[1]");
    private static final HostIdentity HOST = new HostIdentity("host", 0x1ffffffffffL, HOSTS);

    private static Inspection seen(
            String boot,
            boolean hypervisor,
            String filter,
            String bounding,
            Map<String, String> namespaces,
            int absent) {
        Map<String, Answer> answers = new TreeMap<>();
        for (int i = 0; i < 100; i++) {
            answers.put("call" + i, i < absent ? Answer.ABSENT : Answer.ANSWERED);
        }
        return new Inspection(
                "Linux",
                boot,
                hypervisor,
                filter,
                false,
                "unconfined",
                "none",
                "none",
                Map.of("CapBnd", bounding),
                namespaces,
                namespaces.getOrDefault("user", "").equals("user:[2]") ? "0 2000000000 65536" : "0 0 4294967295",
                List.of(),
                0,
                0,
                Symbols.HIDDEN,
                answers);
    }

    private static String judged(Inspection seen) {
        IsolationClass judged = IsolationClass.of(seen, HOST);
        assertTrue(judged.reasons().size() > 1, judged.toString());
        return judged.name() + ", " + judged.confidence();
    }

    @Test
    void namespacesAloneHoldNothingBackFromRoot() {
        assertEquals("none, high", judged(seen("host", true, "0", ALL, HOSTS, 7)));
        assertEquals("none, high", judged(seen("host", true, "0", ALL, OWN, 7)));
    }

    @Test
    void aFilterAndFewerCapabilitiesAreNamespacesThatHold() {
        assertEquals("namespaces, high", judged(seen("host", true, "2", DEFAULT, OWN, 7)));
        assertEquals("namespaces, low", judged(seen("host", true, "0", DEFAULT, OWN, 7)));
        assertEquals("none, low", judged(seen("host", true, "2", ALL, HOSTS, 7)));
    }

    @Test
    void usersOfItsOwnAreAWallAndSaidWhoTheyAre() {
        Map<String, String> users = Map.of("mnt", "mnt:[2]", "pid", "pid:[2]", "user", "user:[2]");
        IsolationClass judged = IsolationClass.of(seen("host", true, "2", ALL, users, 7), HOST);

        assertEquals("namespaces", judged.name());
        assertEquals("high", judged.confidence());
        assertTrue(
                judged.reasons().contains("users of its own, where root is nobody in particular outside"),
                judged.toString());
    }

    @Test
    void anotherKernelIsAMachineOrWrittenAnew() {
        assertEquals("virtual machine, high", judged(seen("guest", true, "0", ALL, HOSTS, 10)));
        assertEquals("virtual machine, low", judged(seen("guest", false, "0", ALL, HOSTS, 10)));
        assertEquals("user-space kernel, high", judged(seen("", true, "0", ALL, HOSTS, 28)));
        assertEquals("user-space kernel, low", judged(seen("guest", true, "0", ALL, HOSTS, 28)));
    }

    @Test
    void aContainerInAMachineOfItsOwnIsAMachine() {
        assertEquals("virtual machine, high", judged(seen("guest", true, "2", DEFAULT, OWN, 10)));
    }
}
