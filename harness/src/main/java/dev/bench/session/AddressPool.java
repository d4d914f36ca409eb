package dev.bench.session;

import dev.bench.target.Subnet;
import java.net.InetAddress;

/**
 * Hands out the lab's addresses in turn, so that an address rests as long as possible before it is used again. Safe for
 * use by several threads.
 */
public final class AddressPool {
    /** The numbers below are left to the bridge and to what the container engine keeps for itself. */
    private static final int FIRST = 10;

    private static final int LAST = 250;

    private final Subnet network;
    private int next = FIRST;

    /** Creates the pool of one network. */
    public AddressPool(Subnet network) {
        this.network = network;
    }

    /** Returns the next address. */
    public synchronized InetAddress next() {
        InetAddress address = network.host(next);
        next = next == LAST ? FIRST : next + 1;
        return address;
    }
}
