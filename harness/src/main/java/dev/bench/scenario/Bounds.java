package dev.bench.scenario;

import dev.bench.grammar.Forms;
import dev.bench.grammar.Key;
import dev.bench.grammar.Keys;
import dev.bench.grammar.YamlMap;
import dev.bench.result.Bound;

/** Declares and reads a least and a most, of which one at least is given. */
final class Bounds {
    /** Beyond any figure in milliseconds, MiB or per second. */
    private static final double MOST = 1e12;

    private static final Key<Double> MIN = Key.of("min", Forms.decimal(0, MOST), "The least accepted.");
    private static final Key<Double> MAX = Key.of("max", Forms.decimal(0, MOST), "The most accepted.");

    static final Keys KEYS = Keys.of(MIN, MAX).notEmpty();

    private Bounds() {}

    /** Reads the bound behind a key, and notes one that names no limit, or whose limits do not go together. */
    static Bound read(YamlMap bounds, Key<YamlMap> key) {
        YamlMap map = key.in(bounds);
        Double min = MIN.find(map);
        Double max = MAX.find(map);
        if (KEYS.names().stream().noneMatch(map.keys()::contains)) {
            bounds.reject(key.name(), "names no limit; give max, min or both, such as {max: 400}");
        }
        if (min != null && max != null && min > max) {
            map.reject(MIN.name(), min + " is larger than max " + max);
        }
        return new Bound(min, max);
    }
}
