package dev.bench.trace;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Knows where the functions of a kernel begin, as {@code /proc/kallsyms} tells it. Immutable. */
final class KernelSymbols {
    /** Types of symbols in text, as nm(1) has them. */
    private static final String TEXT_TYPES = "tTwW";

    private final long[] addresses;
    private final String[] names;

    private KernelSymbols(List<Symbol> symbols) {
        addresses = symbols.stream().mapToLong(Symbol::address).toArray();
        names = symbols.stream().map(Symbol::name).toArray(String[]::new);
    }

    private record Symbol(long address, String name) {}

    static KernelSymbols ofHost() throws IOException {
        return read(Path.of("/proc/kallsyms"));
    }

    /**
     * Reads a file of that form.
     *
     * @throws IOException where it tells no addresses
     */
    static KernelSymbols read(Path file) throws IOException {
        List<Symbol> symbols = new ArrayList<>();
        try (BufferedReader lines = Files.newBufferedReader(file, StandardCharsets.ISO_8859_1)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                int space = line.indexOf(' ');
                if (space > 0 && TEXT_TYPES.indexOf(line.charAt(space + 1)) >= 0) {
                    // A module's has the module behind it, in brackets and after a tabulator.
                    symbols.add(new Symbol(
                            Long.parseUnsignedLong(line, 0, space, 16),
                            line.substring(space + 3).replace('\t', ' ')));
                }
            }
        }
        symbols.removeIf(symbol -> symbol.address() == 0);
        if (symbols.isEmpty()) {
            throw new IOException(file + " tells no addresses");
        }
        // All are in the upper half, so that they compare as signed numbers do.
        symbols.sort(Comparator.comparingLong(Symbol::address));
        return new KernelSymbols(symbols);
    }

    /** Returns the number of the function that an address is in; -1 where it is below all. */
    int index(long address) {
        int found = Arrays.binarySearch(addresses, address);
        int index = found >= 0 ? found : -found - 2;
        while (index > 0 && addresses[index - 1] == addresses[index]) {
            index--;
        }
        return index;
    }

    /** Returns the name of a function by its number, with its module in brackets where it is of one. */
    String name(int index) {
        return names[index];
    }
}
