package dev.bench.libvirt;

import dev.bench.workload.PreparedImage;
import dev.bench.workload.Service;
import dev.bench.workload.Stack;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds services that would listen on the same port of the machine that they share. */
final class SharedPorts {
    private SharedPorts() {}

    /**
     * Says which services clash, with the remedy; empty where none do.
     *
     * @param images whose ports count too, by the service's name; empty where they are not known yet
     */
    static Optional<String> clash(Stack stack, Map<String, PreparedImage> images) {
        Map<Integer, List<String>> users = new TreeMap<>();
        for (Service service : stack.services()) {
            Set<Integer> ports = new TreeSet<>(service.ports());
            PreparedImage image = images.get(service.name());
            if (image != null) {
                ports.addAll(image.config().exposedPorts());
            }
            ports.forEach(port ->
                    users.computeIfAbsent(port, unused -> new ArrayList<>()).add(service.name()));
        }
        return users.entrySet().stream()
                .filter(port -> port.getValue().size() > 1)
                .findFirst()
                .map(port -> "the services " + String.join(" and ", port.getValue()) + " listen on the same port, "
                        + port.getKey()
                        + ", which a machine has once; give machines: each, or one of them another port");
    }
}
