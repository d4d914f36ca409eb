/**
 * What a mapping of a scenario may hold: each key declared once, with its form, bounds, default and meaning. Reading, the
 * words of a fault, the JSON Schema and the reference all follow the declaration.
 *
 * <p>Forms read text themselves, because only they can say in one sentence what is accepted and at which column it is not;
 * a JSON Schema validator sees neither the place nor the unit.
 */
@NullMarked
package dev.bench.grammar;

import org.jspecify.annotations.NullMarked;
