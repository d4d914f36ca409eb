/** What a guest boots: kernel, initial RAM disk, init program and writable disk layer. Knows no hypervisor. */
@NullMarked
package dev.bench.guest;

import org.jspecify.annotations.NullMarked;
