package dev.bench.guest;

import dev.bench.image.RuntimeEnvironment;
import dev.bench.workload.ImageConfig;
import java.time.Duration;

/**
 * Says what a guest executes beside a service to learn whether it is healthy.
 *
 * @param config the service's own, but for the arguments
 * @param runtime the service's own, but for the executable
 * @param timeout after which it is killed
 */
public record GuestCheck(ImageConfig config, RuntimeEnvironment runtime, Duration timeout) {}
