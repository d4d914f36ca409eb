package dev.bench.trace;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class KernelSymbolsTest {
    @TempDir
    private Path directory = Path.of("");

    private KernelSymbols read(String text) throws IOException {
        return KernelSymbols.read(Files.writeString(directory.resolve("kallsyms"), text));
    }

    @Test
    void anAddressIsInTheFunctionThatBeginsAtItOrBelow() throws IOException {
        KernelSymbols symbols = read("""
                0000000000000000 A fixed_percpu_data
                ffffffff81000010 T vfs_read
                ffffffff81000000 t do_one.isra.0
                ffffffff81000008 d no_function
                ffffffff81000010 W an_alias
                ffffffffc0000000 t nft_init\t[nf_tables]
                """);

        assertEquals(-1, symbols.index(0xffffffff80ffffffL));
        assertEquals("do_one.isra.0", symbols.name(symbols.index(0xffffffff81000008L)));
        // The tracer's call is behind the instruction that a jump has to meet.
        assertEquals("vfs_read", symbols.name(symbols.index(0xffffffff81000014L)));
        assertEquals("vfs_read", symbols.name(symbols.index(0xffffffff81000010L)));
        assertEquals("nft_init [nf_tables]", symbols.name(symbols.index(0xffffffffc0000000L)));
    }

    @Test
    void hiddenAddressesAreNone() {
        assertThrows(IOException.class, () -> read("0000000000000000 T vfs_read\n0000000000000000 t other\n"));
    }
}
