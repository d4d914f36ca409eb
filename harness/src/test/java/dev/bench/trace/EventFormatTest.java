package dev.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import org.junit.jupiter.api.Test;

final class EventFormatTest {
    private static final String TEXT = """
            name: task_newtask
            ID: 205
            format:
            \tfield:unsigned short common_type;\toffset:0;\tsize:2;\tsigned:0;
            \tfield:int common_pid;\toffset:4;\tsize:4;\tsigned:1;

            \tfield:pid_t pid;\toffset:8;\tsize:4;\tsigned:1;
            \tfield:char comm[16];\toffset:12;\tsize:16;\tsigned:0;
            \tfield:u64 clone_flags;\toffset:32;\tsize:8;\tsigned:0;
            \tfield:__data_loc char[] filename;\toffset:40;\tsize:4;\tsigned:0;

            print fmt: "pid=%d comm=%s", REC->pid, REC->comm
            """;

    @Test
    void findsFields() throws IOException {
        EventFormat format = EventFormat.parse(TEXT);

        assertEquals(205, format.id());
        assertEquals(8, format.offset("pid"));
        assertEquals(12, format.offset("comm"));
        assertEquals(32, format.offset("clone_flags"));
        assertEquals(40, format.offset("filename"));
    }

    @Test
    void refusesWhatIsNoFormat() throws IOException {
        assertThrows(IOException.class, () -> EventFormat.parse("name: none\n"));
        EventFormat format = EventFormat.parse(TEXT);
        assertThrows(IllegalArgumentException.class, () -> format.offset("nothing"));
    }
}
