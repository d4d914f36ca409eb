package dev.bench.workload;

import java.util.List;
import java.util.Map;

/**
 * Says which services make up an application, as a Compose file describes it.
 *
 * @param name of the application
 * @param services in an order in which they may start: each after what it depends on
 * @param volumes names of the volumes that are made for the application and removed with it
 * @param external the engine's names of volumes that it has anyway and keeps, by the application's own names
 * @param front name of the service that the application is asked by
 * @param notes what of the file is heeded in another way, or has no effect here, a sentence each
 */
public record Stack(
        String name,
        List<Service> services,
        List<String> volumes,
        Map<String, String> external,
        String front,
        List<String> notes) {
    public Stack {
        services = List.copyOf(services);
        volumes = List.copyOf(volumes);
        external = Map.copyOf(external);
        notes = List.copyOf(notes);
    }

    /**
     * Returns a service by its name.
     *
     * @throws IllegalArgumentException where there is none of it
     */
    public Service service(String service) {
        return services.stream()
                .filter(each -> each.name().equals(service))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("the stack has no service " + service));
    }
}
