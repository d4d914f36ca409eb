/** What a run will do, decided and printable before anything runs. */
@NullMarked
package dev.bench.plan;

import org.jspecify.annotations.NullMarked;
