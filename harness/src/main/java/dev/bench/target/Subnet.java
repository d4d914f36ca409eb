package dev.bench.target;

import java.net.InetAddress;
import java.net.UnknownHostException;

/**
 * Describes the lab's IPv4 /24.
 *
 * @param prefix the first three numbers with a dot behind each, such as {@code 198.18.0.}
 */
public record Subnet(String prefix) {
    /** Length of the network prefix in bits. */
    public static final int PREFIX_LENGTH = 24;

    /** Returns the bridge's own address. */
    public InetAddress gateway() {
        return host(1);
    }

    /** Returns the address with this last number, 1 to 254. */
    public InetAddress host(int number) {
        if (number < 1 || number > 254) {
            throw new IllegalArgumentException("no host " + number + " in a /24");
        }
        try {
            return InetAddress.getByName(prefix + number);
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the network in CIDR notation. */
    public String cidr() {
        return prefix + "0/" + PREFIX_LENGTH;
    }

    /**
     * Returns the hardware address that belongs to an address of this network: locally administered, derived from the
     * address, so that a neighbour entry can be set before the instance exists and never goes stale.
     */
    public static String hardwareAddress(InetAddress address) {
        byte[] bytes = address.getAddress();
        return String.format("02:42:%02x:%02x:%02x:%02x", bytes[0], bytes[1], bytes[2], bytes[3]);
    }
}
