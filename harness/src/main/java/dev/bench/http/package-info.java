/** HTTP/1.x answers as they come, piece by piece. Knows nothing of sockets. */
@NullMarked
package dev.bench.http;

import org.jspecify.annotations.NullMarked;
