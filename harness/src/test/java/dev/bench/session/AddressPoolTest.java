package dev.bench.session;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.bench.target.Subnet;
import java.net.InetAddress;
import java.util.LinkedHashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

final class AddressPoolTest {
    private static final Subnet NETWORK = new Subnet("198.18.7.");

    @Test
    void usesEveryAddressBeforeOneComesAgain() {
        AddressPool pool = new AddressPool(NETWORK);
        InetAddress first = pool.next();
        Set<InetAddress> seen = new LinkedHashSet<>(Set.of(first));
        InetAddress next = pool.next();
        while (seen.add(next)) {
            next = pool.next();
        }

        assertEquals(first, next);
        assertTrue(seen.size() > 200, "only " + seen.size());
        assertFalse(seen.contains(NETWORK.gateway()));
        assertFalse(seen.contains(NETWORK.host(254)));
        assertTrue(seen.stream().allMatch(address -> address.getHostAddress().startsWith("198.18.7.")));
    }
}
