package dev.bench.analysis;

import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Says which hosts are of one kind, so that figures of different kinds are never held against each other.
 *
 * @param processor model of the processor
 * @param topology sockets, cores and threads, in words
 * @param memory size class of the memory, in words
 */
public record HostClass(String processor, String topology, String memory) {
    private static final String UNKNOWN = "not stated";
    private static final Pattern MEBIBYTES = Pattern.compile("([0-9]{1,15}) MiB");

    /** Reads the class from the stored facts of a host. */
    public static HostClass of(Map<String, String> facts) {
        return new HostClass(
                facts.getOrDefault("cpu", UNKNOWN),
                facts.getOrDefault("topology", UNKNOWN),
                sizeClass(facts.getOrDefault("memory", UNKNOWN)));
    }

    // The JVM makes a record's own methods at their first use; as keys of trends that takes a tenth of a publication.

    @Override
    public boolean equals(Object other) {
        return other instanceof HostClass host
                && processor.equals(host.processor)
                && topology.equals(host.topology)
                && memory.equals(host.memory);
    }

    @Override
    public int hashCode() {
        return Objects.hash(processor, topology, memory);
    }

    @Override
    public String toString() {
        return "HostClass[processor=" + processor + ", topology=" + topology + ", memory=" + memory + "]";
    }

    /** Returns the class in words. */
    public String words() {
        return processor + ", " + topology + ", " + memory;
    }

    /**
     * Rounds up to the next size that memory comes in, 2^n or 3 * 2^n: a kernel keeps some of it for itself, how much
     * differs from one build to the next.
     */
    private static String sizeClass(String memory) {
        Matcher matcher = MEBIBYTES.matcher(memory);
        if (!matcher.matches()) {
            return memory;
        }
        long mebibytes = Long.parseLong(matcher.group(1));
        long size = 1;
        while (size < mebibytes) {
            size = size < 2 || Long.bitCount(size) == 2 ? nextPower(size) : size + size / 2;
        }
        return size >= 1024 && size % 1024 == 0 ? size / 1024 + " GiB" : size + " MiB";
    }

    private static long nextPower(long size) {
        return Long.highestOneBit(size) * 2;
    }
}
