package dev.bench.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** Fails a test after which anything of ours is left on the host. */
final class NothingIsLeft implements AfterEachCallback {

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        assertEquals(List.of(), Traces.all());
    }
}
