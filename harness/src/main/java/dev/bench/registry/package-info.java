/** A registry beside the lab: its server, the link that leads to it, and a client for what no container engine moves. */
@NullMarked
package dev.bench.registry;

import org.jspecify.annotations.NullMarked;
