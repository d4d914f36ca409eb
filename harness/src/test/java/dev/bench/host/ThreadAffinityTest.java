package dev.bench.host;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.util.BitSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

class ThreadAffinityTest {
    @Test
    void theCallerIsOnOneProcessorForTheWorkOnly() throws Exception {
        BitSet before = ThreadAffinity.ofCaller();
        BitSet during = ThreadAffinity.onFirstProcessor(ThreadAffinity::ofCaller);

        assertEquals(1, during.cardinality());
        assertEquals(before.nextSetBit(0), during.nextSetBit(0));
        assertEquals(before, ThreadAffinity.ofCaller());
    }

    @Test
    void theCallerIsFreedThoughTheWorkFails() {
        BitSet before = ThreadAffinity.ofCaller();

        assertThrows(
                IOException.class,
                () -> ThreadAffinity.onFirstProcessor(() -> {
                    throw new IOException("no");
                }));
        assertEquals(before, ThreadAffinity.ofCaller());
    }

    @Test
    void aThreadThatBeginsMeanwhileIsFreedToo() throws Exception {
        BitSet before = ThreadAffinity.ofCaller();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            ThreadAffinity.onFirstProcessor(
                    () -> other.submit(ThreadAffinity::ofCaller).get());

            assertEquals(before, other.submit(ThreadAffinity::ofCaller).get());
        } finally {
            other.shutdown();
        }
    }
}
