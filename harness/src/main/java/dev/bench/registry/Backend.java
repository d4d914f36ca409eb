package dev.bench.registry;

import java.io.IOException;

/** Answers in the network that the lab's link leads to: what serves there, or the way to what serves elsewhere. */
interface Backend extends AutoCloseable {
    /** Names the repository of a label. */
    String repository(String label) throws IOException;

    /** Removes everything that is stored in the repositories named so far, be it by a run that was killed. */
    void empty() throws IOException;

    /** Ends it, with nothing of ours left. */
    @Override
    void close() throws IOException;
}
