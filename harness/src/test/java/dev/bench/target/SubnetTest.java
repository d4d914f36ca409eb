package dev.bench.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import org.junit.jupiter.api.Test;

final class SubnetTest {
    private final Subnet subnet = new Subnet("198.18.200.");

    @Test
    void namesItsHosts() {
        assertEquals("198.18.200.1", subnet.gateway().getHostAddress());
        assertEquals("198.18.200.254", subnet.host(254).getHostAddress());
        assertEquals("198.18.200.0/24", subnet.cidr());
        assertThrows(IllegalArgumentException.class, () -> subnet.host(0));
        assertThrows(IllegalArgumentException.class, () -> subnet.host(255));
    }

    @Test
    void derivesTheHardwareAddressFromTheAddress() {
        assertEquals("02:42:c6:12:c8:0a", Subnet.hardwareAddress(subnet.host(10)));
    }
}
