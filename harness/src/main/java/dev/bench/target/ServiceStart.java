package dev.bench.target;

import dev.bench.workload.PreparedImage;
import dev.bench.workload.Service;

/**
 * Asks for one service.
 *
 * @param service which
 * @param image its image, or the one it is changed to
 * @param request its name, which is fresh at every start, its address and its log
 */
public record ServiceStart(Service service, PreparedImage image, LaunchRequest request) {}
