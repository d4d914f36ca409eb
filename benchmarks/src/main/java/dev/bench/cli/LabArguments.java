package dev.bench.cli;

import dev.bench.target.Drivers;
import dev.bench.target.Endpoint;
import dev.bench.target.TargetDriver;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/** Holds the options that say where to measure: the cache, and what the drivers declare. */
final class LabArguments {
    private final Map<String, OptionSpec> endpoints = new LinkedHashMap<>();

    @Mixin
    private CacheArgument cache;

    LabArguments() {
        this(new CacheArgument());
    }

    /** Says to measure in a lab with engines of its own and this cache. */
    LabArguments(CacheArgument cache) {
        this.cache = cache;
    }

    /** Adds an option for every service that can be an existing one. */
    @Spec(Spec.Target.MIXEE)
    void addEndpoints(CommandSpec command) {
        for (TargetDriver driver : Drivers.all()) {
            driver.endpoint().ifPresent(endpoint -> {
                OptionSpec option = option(endpoint);
                command.addOption(option);
                endpoints.put(endpoint.key(), option);
            });
        }
    }

    private static OptionSpec option(Endpoint endpoint) {
        return OptionSpec.builder(endpoint.option())
                .type(String.class)
                .paramLabel("URI")
                .defaultValue("${env:" + endpoint.variable() + "}")
                .description(endpoint.description())
                .build();
    }

    /** Returns the existing services that are to be used, by {@link Endpoint#key}. */
    Map<String, String> endpoints() {
        Map<String, String> given = new LinkedHashMap<>();
        endpoints.forEach((key, option) -> {
            @Nullable String address = option.getValue();
            if (address != null && !address.isBlank()) {
                given.put(key, address);
            }
        });
        return given;
    }

    Path cache() {
        return cache.path();
    }
}
