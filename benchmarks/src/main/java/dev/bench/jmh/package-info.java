/** The JMH benchmark classes and what drives them; the only package that knows JMH. */
@NullMarked
package dev.bench.jmh;

import org.jspecify.annotations.NullMarked;
