package dev.bench.target;

import dev.bench.workload.PreparedImage;
import dev.bench.workload.Stack;
import java.net.InetAddress;
import java.nio.file.Path;
import java.util.Map;

/**
 * Asks for what runs the services of one application, for one trial.
 *
 * @param name unique in the run, of letters, digits, full stops and hyphens; carries the run id
 * @param stack the application
 * @param images the prepared image of every service, by its name
 * @param changed the image that a service is changed to in the course of the trial, by its name; empty for none
 * @param addresses of every service, by its name, the same from start to start
 * @param log file for what the host of the services itself has to tell of a failure
 */
public record StackRequest(
        String name,
        Stack stack,
        Map<String, PreparedImage> images,
        Map<String, PreparedImage> changed,
        Map<String, InetAddress> addresses,
        Path log) {
    public StackRequest {
        images = Map.copyOf(images);
        changed = Map.copyOf(changed);
        addresses = Map.copyOf(addresses);
    }
}
