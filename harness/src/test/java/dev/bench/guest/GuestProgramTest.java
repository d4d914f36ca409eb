package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.host.ResourceLimit;
import dev.bench.image.ResolvedUser;
import dev.bench.image.RuntimeEnvironment;
import dev.bench.target.Subnet;
import dev.bench.workload.ImageConfig;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads what the programs hold; run, they would switch a machine off. */
final class GuestProgramTest {
    private static final Subnet NETWORK = new Subnet("198.18.0.");
    private static final RuntimeEnvironment RUNTIME = new RuntimeEnvironment(
            List.of("PATH=/bin", "A=value"), "/usr/bin/serve", new ResolvedUser(33, 34, List.of(34), "/home"));

    @Test
    void isAnExecutableWhoseEntryAndSegmentLieInTheFile() {
        byte[] file = program().launch(config("SIGTERM"), RUNTIME);
        ByteBuffer elf = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);

        assertEquals(0x464c457f, elf.getInt(0));
        assertEquals(2, file[4], "64 bits");
        assertEquals(62, elf.getShort(18), "x86-64");
        long entry = elf.getLong(24);
        long address = elf.getLong(64 + 16);
        assertTrue(entry > address && entry < address + file.length);
        assertEquals(file.length, elf.getLong(64 + 32));
    }

    @Test
    void takesItsStepsInOrder() {
        String text = text(program().launch(config("SIGTERM"), RUNTIME));

        inOrder(
                text,
                "/dev/ttyS1\0",
                "init\n\0",
                "/modules/crc16.ko\0",
                "/modules/ext4.ko\0",
                "eth0",
                "/dev/vda\0",
                "/dev/ttyS2\0",
                "exit\n\0",
                "/proc/meminfo\0",
                "meminfo\n\0",
                "/etc/hosts\0",
                "exec\n\0",
                "/usr/bin/serve\0");
    }

    @Test
    void givesTheWorkloadItsArgumentsAndEnvironment() {
        String text = text(program().launch(config("SIGTERM"), RUNTIME));

        inOrder(text, "/usr/bin/serve\0", "serve\0", "-d\0", "PATH=/bin\0", "A=value\0", "HOSTNAME=guest\0");
        assertTrue(text.contains("/srv\0"), "the working directory");
        assertTrue(text.contains("198.18.0.9\tguest\n"), "its own name in /etc/hosts");
    }

    @Test
    void mountsWhatDataIsKeptOnIntoTheRoot() {
        String text = text(program().launch(config("SIGTERM"), RUNTIME));

        inOrder(text, "/dev/vda\0", "/root/data\0", "/dev/vdb\0");
    }

    @Test
    void namesEveryStepThatMayFail() {
        String text = text(program().launch(config("SIGTERM"), RUNTIME));

        for (String step : List.of("load module /modules/ext4.ko", "clone", "wait", "execute /usr/bin/serve")) {
            assertTrue(text.contains("failed " + step + "\n\0"), step);
        }
    }

    @Test
    void sendsTheSignalThatTheImageNames() {
        byte[] term = program().launch(config("SIGTERM"), RUNTIME);
        byte[] quit = program().launch(config("SIGQUIT"), RUNTIME);
        int at = Arrays.mismatch(term, quit);

        assertEquals(15, term[at]);
        assertEquals(3, quit[at]);
        quit[at] = 15;
        assertArrayEquals(term, quit);
    }

    @Test
    void listsTheTreeOnlyWhereItIsObserved() {
        String launch = text(program().launch(config("SIGTERM"), RUNTIME));
        String observe = text(program().observe(config("SIGTERM"), RUNTIME, "digest", null));

        assertFalse(launch.contains("manifest"));
        assertFalse(launch.contains("observer"));
        inOrder(
                observe,
                "/dev/vda\0",
                "manifest\n\0",
                "/busybox\0",
                "/manifest.sh\0",
                "digest\0",
                "/observer\0",
                "exec\n\0");
    }

    @Test
    void asAUnitItLeavesToSystemdWhatSystemdHasDone() {
        GuestProgram lean = program();
        GuestProgram classic = new GuestProgram(
                GuestFrame.CLASSIC,
                GuestFrame.CLASSIC.disk(),
                lean.modules(),
                lean.hostname(),
                lean.address(),
                lean.network(),
                lean.memoryBytes(),
                lean.limits(),
                List.of());

        String text = text(classic.observe(config("SIGTERM"), RUNTIME, "digest", null));

        assertFalse(text.contains("/modules/ext4.ko"));
        assertFalse(text.contains("devtmpfs"));
        assertFalse(text.contains("/dev/vda"));
        inOrder(
                text,
                "/dev/vdb\0",
                "/run/bench/busybox\0",
                "/run/bench/manifest.sh\0",
                "bench-workload.service/supervisor",
                "bench-workload.service/workload",
                "/run/bench/observer\0",
                "exec\n\0");
    }

    @Test
    void theProbeSaysItsWord() {
        String hello = text(GuestProgram.hello("runs"));

        assertTrue(hello.contains("runs\n\0"));
        assertFalse(hello.contains("/dev/vda"));
    }

    private static GuestProgram program() {
        return new GuestProgram(
                GuestFrame.LEAN,
                GuestFrame.LEAN.disk(),
                List.of("/modules/crc16.ko", "/modules/ext4.ko"),
                "guest",
                NETWORK.host(9),
                NETWORK,
                64L << 20,
                List.of(new ResourceLimit(7, 5, 6)),
                List.of(new GuestMount("/dev/vdb", "/data", "ext4")));
    }

    private static ImageConfig config(String stopSignal) {
        return new ImageConfig(List.of("serve", "-d"), List.of(), "", "/srv", List.of(), stopSignal);
    }

    private static String text(byte[] program) {
        return new String(program, StandardCharsets.ISO_8859_1);
    }

    private static void inOrder(String text, String... parts) {
        int at = -1;
        for (String part : parts) {
            int next = text.indexOf(part, at + 1);
            assertTrue(next > at, part.strip() + " is missing or comes too early");
            at = next;
        }
    }
}
