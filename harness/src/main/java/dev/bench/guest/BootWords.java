package dev.bench.guest;

import dev.bench.result.PhaseName;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;

/**
 * Tells from what a classic machine says on its console how far it has come before Linux runs: the firmware says the first
 * word, and its boot loader a line when it begins and one before it jumps to the kernel. Heard by one thread.
 */
public final class BootWords {
    static final String LOADER = "bench: loader";
    static final String KERNEL = "bench: kernel";
    private static final Map<PhaseName, String> LINES =
            new EnumMap<>(Map.of(PhaseName.LOADER, LOADER, PhaseName.KERNEL, KERNEL));
    /** All of them come within so much, or never. */
    private static final int MOST = 64 << 10;

    private final StringBuilder heard = new StringBuilder();
    private final Listener listener;
    private volatile boolean hopeless;

    /** Hears of a phase, when it is told of for the first time or again. */
    @FunctionalInterface
    public interface Listener {
        void reached(PhaseName phase, long nanos);
    }

    /** Tells this listener. */
    public BootWords(Listener listener) {
        this.listener = listener;
    }

    /** Returns whether the firmware has found nothing to boot; may be asked by any thread. */
    public boolean hopeless() {
        return hopeless;
    }

    /** Takes what was said at a moment of the host's monotonic clock. */
    public void said(long nanos, String piece) {
        if (heard.length() > MOST || piece.isEmpty()) {
            return;
        }
        heard.append(piece);
        // SeaBIOS waits for ever then, and OVMF in its shell.
        hopeless |= Arrays.stream(Firmware.values()).anyMatch(firmware -> heard.indexOf(firmware.nothing()) >= 0);
        listener.reached(PhaseName.FIRMWARE, nanos);
        LINES.forEach((phase, line) -> {
            if (heard.indexOf(line) >= 0) {
                listener.reached(phase, nanos);
            }
        });
    }
}
