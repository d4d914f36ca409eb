/** The view of memory: layers, slopes and disk, read off ramps of instances. */
@NullMarked
package dev.bench.view.memory;

import org.jspecify.annotations.NullMarked;
