package dev.bench.libvirt;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ServicePiecesTest {
    private final List<String> heard = new ArrayList<>();

    private final ServicePieces pieces = new ServicePieces(new ServicePieces.Listener() {
        @Override
        public void wrote(char letter, long nanos, byte[] bytes) {
            heard.add(letter + " wrote " + new String(bytes, StandardCharsets.US_ASCII));
        }

        @Override
        public void checked(char letter, boolean late, int waitStatus, byte[] output) {
            heard.add(letter + " checked " + late + " " + waitStatus + " "
                    + new String(output, StandardCharsets.US_ASCII));
        }
    });

    private static final String TOLD = "A00000003\nabc" + "b00000002\n00000001\n00000300\nno" + "B00000000\n";
    private static final List<String> MEANT = List.of("A wrote abc", "B checked true 768 no", "B wrote ");

    @Test
    void readsPiecesHoweverTheyArrive() {
        for (int size = 1; size <= TOLD.length(); size++) {
            heard.clear();
            for (int at = 0; at < TOLD.length(); at += size) {
                String part = TOLD.substring(at, Math.min(at + size, TOLD.length()));
                pieces.received(1, part.getBytes(StandardCharsets.US_ASCII));
            }
            assertEquals(MEANT, heard, "in parts of " + size);
        }
    }
}
