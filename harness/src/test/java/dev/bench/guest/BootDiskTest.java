package dev.bench.guest;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class BootDiskTest {
    @Test
    void theFirstSectorHasTheBootCodeAndOneActivePartition() {
        byte[] code = new byte[512];
        Arrays.fill(code, (byte) 7);

        byte[] sector =
                BootDisk.firstSector(code, List.of(new BootDisk.Partition((byte) 0x80, (byte) 0x83, 2048, 4096)));

        assertEquals(512, sector.length);
        assertArrayEquals(Arrays.copyOf(code, 440), Arrays.copyOf(sector, 440));
        ByteBuffer table = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals((byte) 0x80, table.get(446));
        assertEquals((byte) 0x83, table.get(450));
        assertEquals(2048, table.getInt(454));
        assertEquals(4096, table.getInt(458));
        assertArrayEquals(new byte[48], Arrays.copyOfRange(sector, 462, 510));
        assertEquals((short) 0xaa55, table.getShort(510));
    }

    @Test
    void aUefiFindsItsOwnPartitionAndTheSystemBehindIt() {
        byte[] sector = BootDisk.firstSector(
                new byte[0],
                List.of(
                        new BootDisk.Partition((byte) 0, (byte) 0xef, 2048, 32768),
                        new BootDisk.Partition((byte) 0, (byte) 0x83, 34816, 4096)));

        ByteBuffer table = ByteBuffer.wrap(sector).order(ByteOrder.LITTLE_ENDIAN);
        assertEquals((byte) 0xef, table.get(450));
        assertEquals(2048, table.getInt(454));
        assertEquals((byte) 0x83, table.get(466));
        assertEquals(34816, table.getInt(470));
        assertEquals(4096, table.getInt(474));
    }
}
