/** What data costs where instances keep it: jobs of fio in every place, and what is kept of a place by what happens to it. */
@NullMarked
package dev.bench.measure.storage;

import org.jspecify.annotations.NullMarked;
