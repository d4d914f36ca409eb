package dev.bench.measure.delivery;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.Units;
import dev.bench.grammar.YamlMap;
import dev.bench.registry.Existing;
import dev.bench.registry.Link;

/** Declares and reads the settings of deliveries. */
final class DeliveryKeys {
    private static final long LEAST_CHANGE = 1 << 10;
    private static final long MOST_CHANGE = 1 << 30;

    private static final Key<Long> CHANGE = Key.of(
                    "change",
                    Forms.quantity(Units.SIZE.within(
                            bytes -> bytes >= LEAST_CHANGE && bytes <= MOST_CHANGE,
                            Units.SIZE_EXAMPLE + ", from 1KiB to 1GiB")),
                    "Length of the file in the top layer, another one in every release.")
            .byDefault(1L << 20);

    private static final Key<Link> LINK = Key.of(
            "link",
            Forms.quantity(Link.QUANTITY),
            "Link to the registry, such as 100Mbit or 100Mbit/10ms (rate, round trip); as fast as the host without it.");

    private static final Key<Existing> REGISTRY = Key.of(
            "registry",
            Forms.quantity(Existing.QUANTITY),
            "Registry to deliver by, such as localhost:5000: over HTTP, without a password, and with removals enabled; one"
                    + " of the run's own without it. What is stored there is removed again.");

    static final Key<YamlMap> DELIVERY = Key.of(
            "delivery",
            Forms.mappingOrNothing(Keys.of(CHANGE, LINK, REGISTRY)),
            "How deliveries are measured; with measure: delivery.");

    private DeliveryKeys() {}

    static DeliverySettings read(YamlMap map) {
        return new DeliverySettings(CHANGE.in(map), LINK.find(map), REGISTRY.find(map));
    }
}
